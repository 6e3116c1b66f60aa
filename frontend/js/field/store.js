// What lies on the phone: texts and forms (no secret), drafts under the PIN's key, sealed forms that wait to be sent.
const STORES = ["meta", "drafts", "queue"];
let opened = null;

function database() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("notebook", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("meta");
      asked.result.createObjectStore("drafts", { keyPath: "id" });
      asked.result.createObjectStore("queue", { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
    asked.onblocked = () => failed(new Error("blocked"));
  });
  opened.catch(() => { opened = null; });
  return opened;
}

// One transaction: all of it reaches the disk, or nothing.
async function transact(names, mode, work) {
  const base = await database();
  return new Promise((done, failed) => {
    const action = base.transaction(names, mode, mode === "readwrite" ? { durability: "strict" } : undefined);
    let answer;
    action.oncomplete = () => done(answer);
    action.onabort = () => failed(action.error ?? new Error("aborted"));
    action.onerror = () => failed(action.error);
    const asked = work((name) => action.objectStore(name));
    if (asked) asked.onsuccess = () => { answer = asked.result; };
  });
}

export const get = (name, key) => transact([name], "readonly", (store) => store(name).get(key));
export const all = (name) => transact([name], "readonly", (store) => store(name).getAll());
export const count = (name) => transact([name], "readonly", (store) => store(name).count());
export const keep = (name, value, key) => transact([name], "readwrite", (store) => (key === undefined ? store(name).put(value) : store(name).put(value, key)));
export const remove = (name, key) => transact([name], "readwrite", (store) => { store(name).delete(key); });

// The sealed form takes the place of the draft in one step, so that neither is ever lost nor there twice.
export const finish = (draft, sealed) => transact(["drafts", "queue"], "readwrite", (store) => {
  store("queue").put(sealed);
  store("drafts").delete(draft);
});

// Everything but the sealed queue, and the texts and forms, which tell nothing of anybody.
export const wipe = (keys, more = {}) => transact(STORES, "readwrite", (store) => {
  store("drafts").clear();
  for (const key of keys) store("meta").delete(key);
  for (const [key, value] of Object.entries(more)) store("meta").put(value, key);
});

export const isFull = (error) => error?.name === "QuotaExceededError" || error?.inner?.name === "QuotaExceededError";
