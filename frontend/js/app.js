// The one script of every page: each part improves something that already works without it.
import { SortableTable } from "@ministryofjustice/frontend/moj/components/sortable-table/sortable-table.mjs";
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios,
  ServiceNavigation, SkipLink, Tabs, createAll,
} from "govuk-frontend";
import htmx from "./htmx.js";
import "htmx.org/dist/ext/hx-csp.js";
import { askInTurn } from "./asked.js";
import { keepDrafts } from "./draft.js";
import { Leave, forgetOnReturn } from "./leave.js";

const PARTS = [Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, Tabs, CharacterCount, PasswordInput, SortableTable];

function wake(scope) {
  for (const Part of PARTS) createAll(Part, Part === Button ? { preventDoubleClick: true } : undefined, scope);
  keepDrafts(scope);
  askInTurn(scope);
}

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
createAll(Leave);
wake(document);
forgetOnReturn();
document.addEventListener("htmx:after:swap", (event) => wake(event.target instanceof Element ? event.target : document));
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
});

export { htmx };
