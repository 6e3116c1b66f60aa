// One group of questions of a form, drawn from data, and its answers taken back.
import { el, label, spoken, t } from "./page.js";

const NONE = ["unknown", "refused", "not_asked"];
const CHOOSING = new Set(["yes_no", "choice", "several"]);

export function holds(question, answers) {
  if (!question.asked_if) return true;
  const given = answers[question.asked_if.question];
  return (Array.isArray(given) ? given : [given]).some((one) => question.asked_if.values.includes(one));
}

// The steps of a form: about the meeting and the person, the groups of questions, what is needed now.
export function steps(draft) {
  const about = (place) => draft.about_groups.filter((group) => group.place === place).map((group) => ({ ...group, about: true }));
  return [...about("first"), ...draft.form.content.groups, ...about("last")];
}

// Whoever may be under 18 is not asked by a form for adults alone; a told age may be two years off.
const SURE_ADULT = 20;
export const forChildren = (form) => form.content.for.includes("child");
export function unsuited(draft) {
  if (forChildren(draft.form)) return false;
  return draft.about.age === undefined ? draft.about.child_at_time !== "no" : draft.about.age < SURE_ADULT;
}

function optionsOf(question, answers, about) {
  if (about) return question.choices;
  const own = question.kind === "yes_no" ? answers.filter((one) => ["yes", "no"].includes(one.code)) : question.choices;
  return question.kind === "several" ? own : [...own, ...answers.filter((one) => NONE.includes(one.code))];
}

function ticks(question, id, options, given) {
  const several = question.kind === "several";
  const kind = several ? "checkboxes" : "radios";
  const chosen = new Set([given ?? []].flat());
  const items = options.map((one, n) => {
    const box = el("input", { class: `govuk-${kind}__input`, type: several ? "checkbox" : "radio", id: `${id}-${n}`, name: id, value: one.code, checked: chosen.has(one.code) });
    return el("div", { class: `govuk-${kind}__item` }, box, el("label", { class: `govuk-label govuk-${kind}__label`, for: `${id}-${n}` }, label(one.labels)));
  });
  return el("div", { class: `govuk-${kind}` }, ...items);
}

function writing(question, id, given, hintId) {
  const common = { id, name: id, autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-describedby": hintId };
  if (question.kind === "words") {
    const area = el("textarea", { class: "govuk-textarea", rows: 4, maxlength: 4000, ...common });
    area.value = given ?? "";
    return area;
  }
  if (question.kind === "list") {
    const list = el("select", { class: "govuk-select prasan-field__list", ...common }, el("option", { value: "" }, t("choose")),
      ...question.choices.map((one) => el("option", { value: one.code }, label(one.labels))));
    list.value = given ?? "";
    return list;
  }
  const kinds = { day: { type: "date" }, number: { type: "text", inputmode: "numeric", maxlength: 6, class: "govuk-input govuk-input--width-5" }, line: { type: "text", maxlength: 200 } };
  return el("input", { class: "govuk-input", ...common, ...kinds[question.kind], value: given ?? "" });
}

function titleOf(question, ask) {
  const parts = [label(question.labels)];
  if (ask && ask !== spoken()) {
    const other = question.labels[ask];
    parts.push(el("span", { class: "prasan-field__other", lang: other ? ask : spoken() }, other ?? t("untranslated")));
  }
  return parts;
}

function drawn(question, group, draft, answers) {
  const id = `q-${question.code}`;
  const given = group.about ? draft.about[question.code] : question.kind === "words" ? draft.words[question.code] : draft.answers[question.code];
  const hints = [label(question.hints), question.sourced === false && t("unsourced")].filter(Boolean);
  const hintId = hints.length ? `${id}-hint` : null;
  const hinted = hintId && el("div", { class: "govuk-hint", id: hintId }, ...hints.map((text) => el("div", {}, text)));
  const title = titleOf(question, group.about ? "" : draft.ask);
  const whole = CHOOSING.has(question.kind)
    ? el("fieldset", { class: "govuk-fieldset", "aria-describedby": hintId }, el("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, ...title), hinted, ticks(question, id, optionsOf(question, answers, group.about), given))
    : el("div", {}, el("label", { class: "govuk-label govuk-label--s", for: id }, ...title), hinted, writing(question, id, given, hintId));
  return el("div", { class: "govuk-form-group prasan-field__question", "data-question": question.code }, whole);
}

// Questions whose condition does not hold are out of sight, and what was answered to them before is forgotten.
function refresh(node, group, draft) {
  for (const question of group.questions) {
    const part = node.querySelector(`[data-question="${question.code}"]`);
    if (part) part.hidden = !group.about && !holds(question, draft.answers);
  }
}

function take(node, question, group, draft) {
  const id = `q-${question.code}`;
  const fields = [...node.querySelectorAll(`[name="${id}"]`)];
  const chosen = fields.filter((one) => one.checked).map((one) => one.value);
  const into = group.about ? draft.about : question.kind === "words" ? draft.words : draft.answers;
  let value = question.kind === "several" ? chosen : CHOOSING.has(question.kind) ? chosen[0] : fields[0]?.value.trim();
  if (question.kind === "number") value = /^[0-9]{1,6}$/.test(value) ? Number(value) : undefined;
  if (value === undefined || value === "" || value === "not_asked" || (Array.isArray(value) && !value.length)) delete into[question.code];
  else into[question.code] = value;
}

export function draw(group, draft, answers, changed) {
  const node = el("div", { class: "prasan-field__group" }, ...group.questions.map((question) => drawn(question, group, draft, answers)));
  const read = () => {
    for (const question of group.questions) take(node, question, group, draft);
    refresh(node, group, draft);
    changed();
  };
  refresh(node, group, draft);
  node.addEventListener("change", read);
  node.addEventListener("input", read);
  return node;
}

// What is sealed: answers to questions that were not put stand as not asked; words stand apart from the answers.
export function told(draft) {
  const answers = {};
  const words = {};
  for (const question of draft.form.content.groups.flatMap((group) => group.questions)) {
    const put = holds(question, answers);
    if (question.kind === "words") {
      answers[question.code] = put && draft.words[question.code] ? "told" : "not_asked";
      if (answers[question.code] === "told") words[question.code] = draft.words[question.code];
    } else answers[question.code] = (put && draft.answers[question.code]) ?? "not_asked";
    if (answers[question.code] === false) answers[question.code] = "not_asked";
  }
  return { v: 1, id: draft.id, form: draft.form.content.code, form_digest: draft.form.digest, about: draft.about, answers, words };
}
