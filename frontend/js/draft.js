// Unsaved words are kept by the server, sealed; the browser's own storage is never used.
const WAIT = 8000;

function fieldsOf(form) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields.entries()]) {
    if (value instanceof File || name === "csrfmiddlewaretoken") fields.delete(name);
  }
  return fields;
}

async function send(form, line) {
  const token = form.querySelector("input[name=csrfmiddlewaretoken]");
  try {
    const answer = await fetch(form.dataset.draftUrl, {
      method: "POST",
      body: fieldsOf(form),
      credentials: "same-origin",
      redirect: "error",
      headers: { "X-CSRFToken": token ? token.value : "" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    if (line) line.textContent = line.dataset.savedText;
    return true;
  } catch {
    if (line) line.textContent = line.dataset.failedText;
    return false;
  }
}

function watch(form) {
  const line = form.querySelector("[data-draft-line]");
  let timer = null;
  let leaving = false;
  const plan = () => {
    if (timer || leaving) return;
    timer = window.setTimeout(async () => {
      timer = null;
      if (!(await send(form, line)) && !leaving) plan();
    }, WAIT);
  };
  form.addEventListener("input", plan);
  form.addEventListener("change", plan);
  form.addEventListener("submit", () => {
    leaving = true;
    window.clearTimeout(timer);
  });
}

export function keepDrafts(scope) {
  for (const form of scope.querySelectorAll("form[data-draft-url]:not([data-draft-watched])")) {
    form.dataset.draftWatched = "";
    watch(form);
  }
}
