// Sends what is sealed, once each; an item leaves the phone only when the office has said that it holds it.
import * as store from "./store.js";

const STAYS = { 400: "unusable", 409: "other", 413: "too_big" };
let running = null;

async function ask(address, options, token) {
  const headers = { ...options.headers, Authorization: `Bearer ${token}` };
  const answer = await fetch(address, { ...options, headers, credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer" });
  let why = "";
  try { why = (await answer.json()).why ?? ""; } catch { /* an answer without our words */ }
  return { status: answer.status, why };
}

export async function pair(code) {
  const answer = await fetch("/field/pair/", {
    method: "POST", credentials: "omit", cache: "no-store", redirect: "error",
    headers: { "Content-Type": "application/json" }, body: JSON.stringify({ code }),
  });
  const told = await answer.json().catch(() => ({}));
  return { status: answer.status, ...told };
}

// A revoked phone keeps what is sealed and forgets the rest.
async function stopped(answer) {
  if (answer.status === 401 && answer.why === "revoked") await store.wipe(["phone", "pin"], { revoked: true });
  return answer.why === "revoked" ? "revoked" : answer.status === 401 ? "unknown" : "no_desk";
}

async function sendOne(item, token) {
  const headers = { "Content-Type": "application/octet-stream", "X-Prasan-Form": item.form, "X-Prasan-Form-Digest": item.digest };
  return ask(`/field/inbox/${item.id}/`, { method: "PUT", headers, body: item.bytes }, token);
}

async function go(all) {
  const phone = await store.get("meta", "phone");
  if (!phone) return "unpaired";
  const waiting = await store.all("queue");
  try {
    const standing = await ask("/field/standing/", { method: "GET" }, phone.token);
    if (standing.status === 401 || standing.status === 403) return await stopped(standing);
    for (const item of waiting) {
      if (item.state && !all) continue;
      const answer = await sendOne(item, phone.token);
      if (answer.status === 201 || answer.status === 200) await store.remove("queue", item.id);
      else if (answer.status === 401 || answer.status === 403) return await stopped(answer);
      else if (STAYS[answer.status]) await store.keep("queue", { ...item, state: STAYS[answer.status] });
      else return answer.status === 507 ? "full" : answer.status === 429 ? "slower" : "trouble";
    }
  } catch (error) {
    return error instanceof TypeError ? "offline" : "trouble";
  }
  return waiting.length ? "sent" : "";
}

export function send(all = false) {
  running ??= go(all).finally(() => { running = null; });
  return running;
}
