// The PIN: it never leaves the phone and is never stored; its key lives in memory until the page is locked.
import * as store from "./store.js";

const ROUNDS = 600_000;
const FREE_TRIES = 3;
const FIRST_WAIT = 15_000;
const LONGEST_WAIT = 3_600_000;
let key = null;

const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const bytes = (text) => new TextEncoder().encode(text);

async function derive(pin, salt, rounds) {
  const raw = await crypto.subtle.importKey("raw", bytes(pin), "PBKDF2", false, ["deriveKey"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(way, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export const isOpen = () => key !== null;
export const close = () => { key = null; };
export const hasPin = async () => Boolean(await store.get("meta", "pin"));

export function weakness(pin) {
  if (!/^[0-9]{6,12}$/.test(pin)) return "pin_short";
  const steps = [...pin].slice(1).map((digit, n) => (Number(digit) - Number(pin[n]) + 10) % 10);
  return [0, 1, 9].some((step) => steps.every((one) => one === step)) ? "pin_simple" : "";
}

export async function set(pin) {
  const salt = random(16);
  const fresh = await derive(pin, salt, ROUNDS);
  const iv = random(12);
  const proof = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, fresh, bytes("notebook"));
  await store.keep("meta", { salt, iv, proof: new Uint8Array(proof), rounds: ROUNDS, wrong: 0, until: 0 }, "pin");
  key = fresh;
}

const waitAfter = (wrong) => (wrong < FREE_TRIES ? 0 : Math.min(FIRST_WAIT * 2 ** (wrong - FREE_TRIES), LONGEST_WAIT));

export async function wait() {
  const pin = await store.get("meta", "pin");
  return pin ? Math.max(0, Math.min(pin.until - Date.now(), LONGEST_WAIT)) : 0;
}

// The try is counted before it is made, so that closing the page in between gives none away.
export async function open(given) {
  const pin = await store.get("meta", "pin");
  if (pin.until > Date.now()) return false;
  const wrong = pin.wrong + 1;
  await store.keep("meta", { ...pin, wrong, until: Date.now() + waitAfter(wrong) }, "pin");
  const tried = await derive(given, pin.salt, pin.rounds);
  try {
    await crypto.subtle.decrypt({ name: "AES-GCM", iv: pin.iv }, tried, pin.proof);
  } catch {
    return false;
  }
  await store.keep("meta", { ...pin, wrong: 0, until: 0 }, "pin");
  key = tried;
  return true;
}

// The draft's own number is bound to it, so that two boxes cannot be exchanged.
export async function box(id, value) {
  const iv = random(12);
  const way = { name: "AES-GCM", iv, additionalData: bytes(id) };
  return { id, iv, box: new Uint8Array(await crypto.subtle.encrypt(way, key, bytes(JSON.stringify(value)))) };
}

export async function unbox(row) {
  const way = { name: "AES-GCM", iv: row.iv, additionalData: bytes(row.id) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(way, key, row.box)));
}
