// Draws: every word goes in as text, never as markup.
let texts = {};
let language = "th";

export function speak(code, said) {
  language = code;
  texts = said?.[code] ?? {};
  document.documentElement.lang = code;
}
export const spoken = () => language;
export const t = (code, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`%(${name})s`, value), texts[code] ?? code);
export const label = (labels, code = language) => labels?.[code] ?? labels?.en ?? labels?.th ?? "";

export function el(tag, given = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === "click") node.addEventListener("click", value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
  return node;
}

export const heading = (text) => el("h1", { class: "govuk-heading-l", tabindex: "-1" }, text);
export const words = (text, kind = "govuk-body") => el("p", { class: kind }, text);
export const inset = (...inside) => el("div", { class: "govuk-inset-text" }, ...inside);
export const warning = (text) => el("div", { class: "govuk-warning-text" }, el("span", { class: "govuk-warning-text__icon", "aria-hidden": "true" }, "!"), el("strong", { class: "govuk-warning-text__text" }, text));
export const button = (text, click, kind = "") => el("button", { type: "button", class: `govuk-button prasan-field__button ${kind && `govuk-button--${kind}`}`, click }, text);

export function input(id, text, given = {}, hint = "") {
  return el("div", { class: "govuk-form-group" },
    el("label", { class: "govuk-label govuk-label--s", for: id }, text),
    hint && el("div", { class: "govuk-hint", id: `${id}-hint` }, hint),
    el("input", { class: "govuk-input", id, name: id, type: "text", autocomplete: "off", "aria-describedby": hint ? `${id}-hint` : null, ...given }));
}

// One screen at a time; the reader of the screen is told where it is.
export function show(...inside) {
  const main = document.getElementById("main");
  main.replaceChildren(...inside.filter(Boolean));
  window.scrollTo(0, 0);
  main.querySelector("h1")?.focus({ preventScroll: true });
}

export function say(text, bad = false) {
  const line = document.getElementById("status");
  line.textContent = text;
  line.className = `prasan-field__status ${bad ? "prasan-field__status--bad" : ""}`;
}
