// Questions that wait for an earlier answer show themselves when it is given; without this script all are shown.
function given(form, name) {
  return [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked:not(:disabled)`)].map((control) => control.value);
}

function settle(form) {
  for (const block of form.querySelectorAll("[data-asked-if]")) {
    const values = given(form, block.dataset.askedIf);
    const shown = block.dataset.askedIs.split(" ").some((value) => values.includes(value));
    const wrong = block.querySelector(".govuk-form-group--error") !== null;
    block.hidden = !shown && !wrong;
    for (const control of block.querySelectorAll("input, select, textarea")) control.disabled = block.hidden;
  }
}

export function askInTurn(scope) {
  for (const block of scope.querySelectorAll("[data-asked-if]")) {
    const form = block.closest("form");
    if (!form || "askedWatched" in form.dataset) continue;
    form.dataset.askedWatched = "";
    form.addEventListener("change", () => settle(form));
    settle(form);
  }
}
