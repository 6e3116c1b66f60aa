// The way out: the neutral page takes the place of this one in the history, so that Back does not return.
import { ExitThisPage } from "govuk-frontend";

export class Leave extends ExitThisPage {
  exitPage() {
    document.body.classList.add("govuk-exit-this-page-hide-content");
    window.location.replace(this.$button.href);
  }
}

export function forgetOnReturn() {
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}
