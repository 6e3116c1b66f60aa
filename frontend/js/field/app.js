// The field page: forms of screening on a phone without a network. It knows no case and no person of any case.
import * as lock from "./lock.js";
import * as store from "./store.js";
import { draw, forChildren, steps, told, unsuited } from "./form.js";
import { button, el, heading, input, inset, label, say, show, speak, spoken, t, warning, words } from "./page.js";
import { pair, send } from "./send.js";
import { seal } from "./seal.js";

const IDLE = 5 * 60_000;
const AWAY = 2 * 60_000;
const SAVE_AFTER = 400;
const SENDING = { revoked: "told_revoked", unknown: "told_unknown", no_desk: "told_no_desk", full: "told_full", slower: "told_later", trouble: "told_later", offline: "told_offline", sent: "told_sent" };
let content = null;
let current = null;
let saving = null;
let seen = Date.now();
let offered = "";

// The frame: language, way out, what waits.

async function counted() {
  const waiting = await store.all("queue");
  const stuck = waiting.filter((item) => item.state).length;
  document.getElementById("queue").textContent = waiting.length ? t(stuck ? "queue_stuck" : "queue_count", { count: waiting.length, stuck }) : t("queue_none");
  return waiting;
}

async function sendNow(all = false) {
  const outcome = await send(all);
  await counted();
  if (outcome === "revoked") { lock.close(); current = null; await home(); }
  if (outcome && SENDING[outcome]) say(t(SENDING[outcome]), outcome !== "sent" && outcome !== "offline");
  return outcome;
}

function leave() {
  lock.close();
  current = null;
  document.getElementById("main").replaceChildren();
  window.location.replace("/field/calendar/");
}

function lockNow() {
  save.now().finally(() => { lock.close(); current = null; home(); });
}

async function setLanguage(code) {
  speak(code, content?.texts);
  await store.keep("meta", code, "language");
  if (content?.texts) {
    for (const id of ["leave", "lock"]) document.getElementById(id).textContent = t(id);
    document.title = t("title");
  }
  for (const one of document.querySelectorAll("[data-language]")) one.setAttribute("aria-pressed", String(one.dataset.language === code));
}

// Drafts are kept as they are typed, under the PIN's key; only what is kept is shown as kept.

let pending = Promise.resolve(true);

// One writing after another, so that none that began earlier arrives after the form was finished.
function save() {
  window.clearTimeout(saving);
  saving = null;
  pending = pending.then(write);
  return pending;
}

async function write() {
  const draft = current;
  if (!draft || !lock.isOpen()) return true;
  try {
    await store.keep("drafts", await lock.box(draft.id, draft));
    say(t("draft_kept"));
    return true;
  } catch (error) {
    say(t(store.isFull(error) ? "storage_full" : "not_kept"), true);
    return false;
  }
}
save.soon = () => { window.clearTimeout(saving); saving = window.setTimeout(save, SAVE_AFTER); };
save.now = () => (saving ? save() : pending);

function fresh(form) {
  const today = new Date();
  const day = new Date(today.getTime() - today.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return { id: crypto.randomUUID(), form, about_groups: content.about, about: { on: day }, answers: {}, words: {}, step: 0, ask: "" };
}

function asking(draft) {
  const known = new Set(draft.form.content.groups.flatMap((group) => group.questions.flatMap((question) => Object.keys(question.labels))));
  if (known.size <= 2) return null;
  const names = new Intl.DisplayNames([spoken()], { type: "language" });
  const list = el("select", { class: "govuk-select", id: "ask", autocomplete: "off" }, ...[...known].map((code) => el("option", { value: code }, names.of(code))));
  list.value = draft.ask || spoken();
  list.addEventListener("change", () => { draft.ask = list.value; save.soon(); edit(draft); });
  return el("div", { class: "govuk-form-group" }, el("label", { class: "govuk-label govuk-label--s", for: "ask" }, t("ask_in")), list);
}

function edit(draft) {
  current = draft;
  const all = steps(draft);
  const asked = all.findIndex((group) => !group.about);
  if (draft.step >= asked && unsuited(draft)) return otherForm(draft, asked);
  if (draft.step >= all.length) return review(draft);
  const group = all[draft.step];
  const go = async (by) => { draft.step = Math.max(0, draft.step + by); if (await save()) edit(draft); };
  show(
    el("span", { class: "govuk-caption-l" }, t("step", { n: draft.step + 1, of: all.length + 1 })),
    heading(label(group.labels)),
    label(group.hints) && inset(words(label(group.hints))),
    group.optional_for_child && words(t("optional_for_child"), "govuk-hint"),
    !group.about && asking(draft),
    draw(group, draft, content.answers, save.soon),
    el("div", { class: "prasan-field__bar" },
      button(t(draft.step ? "back" : "to_start"), async () => { if (draft.step) return go(-1); if (await save()) { current = null; await home(); } }, "secondary"),
      button(t("next"), () => go(1))),
  );
}

// The same questions keep their answers when another form goes on with them.
function otherForm(draft, asked) {
  const take = async (form) => { draft.form = form; draft.step = asked; if (await save()) edit(draft); };
  show(
    heading(t("which_form")), warning(t("which_form_told")),
    ...content.forms.filter(forChildren).map((form) => button(label(form.content.labels), () => take(form))),
    button(t("back"), () => { draft.step = asked - 1; edit(draft); }, "secondary"),
  );
}

function review(draft) {
  const filled = told(draft);
  const given = Object.values(filled.answers).filter((answer) => answer !== "not_asked").length;
  show(
    heading(t("finish_title")),
    words(t("finish_count", { count: given })),
    given ? inset(words(t("finish_told"))) : warning(t("nothing_answered")),
    el("div", { class: "prasan-field__bar" },
      button(t("back"), async () => { draft.step = steps(draft).length - 1; edit(draft); }, "secondary"),
      given ? button(t("finish"), () => finish(draft)) : null),
  );
}

async function finish(draft) {
  const phone = await store.get("meta", "phone");
  if (!phone) return say(t("told_unpaired"), true);
  window.clearTimeout(saving);
  saving = null;
  current = null;
  await pending;
  try {
    const bytes = await seal(phone.recipient, told(draft));
    if (bytes.length > content.most_bytes) { current = draft; return say(t("told_too_big"), true); }
    await store.finish(draft.id, { id: draft.id, form: draft.form.content.code, digest: draft.form.digest, bytes, state: "" });
  } catch (error) {
    current = draft;
    return say(t(store.isFull(error) ? "storage_full_finish" : "not_sealed"), true);
  }
  say("");
  await counted();
  show(heading(t("sealed_title")), el("div", { class: "govuk-panel govuk-panel--confirmation" }, el("div", { class: "govuk-panel__body" }, t("sealed_told"))), button(t("to_start"), home));
  await sendNow();
  return undefined;
}

// Screens around the forms.

// A phone that is connected already gets another connection, and nothing else of it changes.
function pairing(again = false) {
  const field = input("code", t("pair_code"), { value: offered, autocapitalize: "characters", maxlength: 20, spellcheck: "false" }, t("pair_hint"));
  const stay = again && button(t("back"), () => { offered = ""; return home(); }, "secondary");
  show(heading(t("pair_title")), words(t(again ? "pair_again" : "pair_told")), field, stay, button(t("pair"), async () => {
    let answer;
    try { answer = await pair(document.getElementById("code").value); } catch { return say(t("told_offline_pair"), true); }
    if (answer.status !== 200) return say(t(answer.status === 429 ? "told_later" : "pair_wrong"), true);
    await store.keep("meta", { token: answer.token, recipient: answer.recipient, desk: answer.desk, label: answer.label }, "phone");
    await store.remove("meta", "revoked");
    offered = "";
    say(t("paired", { label: answer.label, desk: label(answer.desk) }));
    await home();
    return sendNow(true);
  }));
}

const PIN = { type: "password", inputmode: "numeric", maxlength: 12, autocomplete: "off" };

function choosePin() {
  show(heading(t("pin_title")), warning(t("pin_warning")), words(t("pin_told")), input("pin", t("pin"), PIN, t("pin_hint")), input("pin2", t("pin_again"), PIN),
    button(t("pin_set"), async () => {
      const [pin, again] = ["pin", "pin2"].map((id) => document.getElementById(id).value);
      const weak = lock.weakness(pin) || (pin === again ? "" : "pin_differs");
      if (weak) return say(t(weak), true);
      try { await lock.set(pin); } catch (error) { return say(t(store.isFull(error) ? "storage_full" : "not_kept"), true); }
      const kept = await navigator.storage?.persist?.().catch(() => false);
      say(kept ? "" : t("may_be_evicted"));
      return home();
    }));
}

function unlocking() {
  const tell = async () => {
    const seconds = Math.ceil((await lock.wait()) / 1000);
    if (seconds) say(t("pin_wait", { seconds }), true);
    return seconds;
  };
  const act = async () => {
    if (await tell()) return undefined;
    const pin = document.getElementById("pin").value;
    document.getElementById("pin").value = "";
    let right;
    try { right = await lock.open(pin); } catch (error) { return say(t(store.isFull(error) ? "storage_full_locked" : "not_kept"), true); }
    if (right) { say(""); await home(); } else if (!(await tell())) say(t("pin_wrong"), true);
    return undefined;
  };
  const field = input("pin", t("pin"), PIN);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") act(); });
  show(heading(t("locked_title")), field, button(t("unlock"), act), el("p", {}, el("button", { type: "button", class: "prasan-field__link", click: forgotten }, t("pin_forgotten"))));
}

function forgotten() {
  show(heading(t("pin_forgotten")), warning(t("forgotten_told")), el("div", { class: "prasan-field__bar" },
    button(t("back"), home, "secondary"),
    button(t("forgotten_do"), async () => { await store.wipe(["pin"]); say(t("forgotten_done")); await home(); }, "warning")));
}

function removing() {
  show(heading(t("remove_title")), warning(t("remove_told")), el("div", { class: "prasan-field__bar" },
    button(t("back"), home, "secondary"),
    button(t("remove_do"), async () => { lock.close(); current = null; await store.wipe(["phone", "pin"]); say(t("removed")); await home(); }, "warning")));
}

async function drafts() {
  const found = [];
  for (const row of await store.all("drafts")) {
    try { found.push(await lock.unbox(row)); } catch { found.push({ id: row.id, broken: true }); }
  }
  return found;
}

function line(draft) {
  if (draft.broken) return el("li", {}, t("draft_broken"));
  const older = !content.forms.some((form) => form.digest === draft.form.digest);
  return el("li", { class: "prasan-field__line" },
    el("button", { type: "button", class: "prasan-field__link", click: () => edit(draft) }, `${label(draft.form.content.labels)} · ${draft.about.on ?? ""}`),
    older ? el("span", { class: "govuk-hint" }, t("draft_older")) : "",
    el("button", { type: "button", class: "prasan-field__link", click: () => dropping(draft) }, t("draft_drop")));
}

function dropping(draft) {
  show(heading(t("draft_drop")), warning(t("draft_drop_told")), el("div", { class: "prasan-field__bar" },
    button(t("back"), home, "secondary"), button(t("draft_drop"), async () => { await store.remove("drafts", draft.id); await home(); }, "warning")));
}

async function home() {
  const waiting = await counted();
  offered = takeCode() || offered;
  document.getElementById("lock").hidden = !lock.isOpen();
  const phone = await store.get("meta", "phone");
  if (!content) return show(heading(t("title")), words(t("no_content")));
  if (!phone) {
    const revoked = await store.get("meta", "revoked");
    pairing();
    if (revoked) document.getElementById("main").prepend(warning(t("told_revoked")));
    return undefined;
  }
  if (!(await lock.hasPin())) return choosePin();
  if (!lock.isOpen()) return unlocking();
  if (offered) return pairing(true);
  const begun = await drafts();
  const stuck = waiting.filter((item) => item.state);
  return show(
    heading(t("home_title")), words(t("home_told", { label: phone.label, desk: label(phone.desk) })),
    ...content.forms.map((form) => button(label(form.content.labels), async () => { const draft = fresh(form); edit(draft); await save(); })),
    el("h2", { class: "govuk-heading-m" }, t("drafts")),
    begun.length ? el("ul", { class: "govuk-list" }, ...begun.map(line)) : words(t("drafts_none")),
    el("h2", { class: "govuk-heading-m" }, t("queue")),
    words(waiting.length ? t("queue_told") : t("queue_none")),
    ...[...new Set(stuck.map((item) => item.state))].map((state) => warning(t(`stuck_${state}`))),
    waiting.length ? button(t("send_now"), () => sendNow(true), "secondary") : null,
    el("details", { class: "govuk-details" }, el("summary", { class: "govuk-details__summary" }, el("span", { class: "govuk-details__summary-text" }, t("about"))),
      el("div", { class: "govuk-details__text" }, words(t("about_pin")), words(t("about_storage")), words(t("about_browser")), button(t("remove_title"), removing, "warning"))),
  );
}

// Start: what is on the phone first, then whatever the office has newer.

function takeCode() {
  const code = decodeURIComponent(window.location.hash.slice(1));
  if (code) window.history.replaceState(null, "", window.location.pathname);
  return code;
}

async function refreshContent() {
  try {
    const answer = await fetch("/field/content/", { credentials: "omit", cache: "no-store", redirect: "error" });
    if (!answer.ok) return false;
    content = await answer.json();
    await store.keep("meta", content, "content");
    return true;
  } catch { return false; }
}

async function worker() {
  if (!("serviceWorker" in navigator)) return;
  const address = "/field/worker.js";
  const policy = window.trustedTypes?.createPolicy("prasan-field", { createScriptURL: (url) => { if (url !== address) throw new TypeError("only the field worker"); return url; } });
  try { await navigator.serviceWorker.register(policy ? policy.createScriptURL(address) : address, { scope: "/field/" }); } catch { say(t("no_worker"), true); }
}

const elsewhere = () => show(heading(t("title")), words(t("open_elsewhere")));
let drawn = elsewhere;

// What works in every window, also in one that may open nothing: the way out, and the language.
function frame() {
  document.getElementById("leave").addEventListener("click", leave);
  for (const one of document.querySelectorAll("[data-language]")) one.addEventListener("click", async () => { await setLanguage(one.dataset.language); await drawn(); });
  let shifts = [];
  document.addEventListener("keydown", (event) => {
    seen = Date.now();
    shifts = event.key === "Shift" ? [...shifts.filter((at) => Date.now() - at < 5000), Date.now()] : [];
    if (shifts.length >= 3) leave();
  });
  document.addEventListener("pointerdown", () => { seen = Date.now(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
}

// What reads or changes what lies on the phone: only in the one window that holds it.
function watch() {
  drawn = () => (current ? edit(current) : home());
  document.getElementById("lock").addEventListener("click", lockNow);
  window.setInterval(() => { if (lock.isOpen() && Date.now() - seen > IDLE) lockNow(); }, 10_000);
  let hidden = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { hidden = Date.now(); save.now(); } else if (lock.isOpen() && Date.now() - hidden > AWAY) lockNow();
  });
  window.addEventListener("online", () => sendNow());
  window.addEventListener("hashchange", () => { if (!current) home(); });
}

// Two open pages could finish the same draft twice: the second one stands still until the first is closed.
function alone() {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((done) => {
    const hold = () => { done(); return new Promise(() => {}); };
    navigator.locks.request("notebook", { ifAvailable: true }, (held) => {
      if (held) return hold();
      elsewhere();
      navigator.locks.request("notebook", hold);
      return undefined;
    });
  });
}

async function start() {
  content = (await store.get("meta", "content")) ?? null;
  await setLanguage((await store.get("meta", "language")) ?? (navigator.language.startsWith("en") ? "en" : "th"));
  frame();
  await alone();
  watch();
  content = (await store.get("meta", "content")) ?? null;
  if (content) await home();
  const had = Boolean(content);
  if (await refreshContent()) { if (!had) { await setLanguage(spoken()); await home(); } else if (!current) await setLanguage(spoken()); }
  else if (!had) await home();
  await worker();
  await sendNow();
}

start().catch(() => say(document.body.dataset.broken, true));
