// The neutral page: this month, from the phone's own clock, so that it is right without a network too.
const language = navigator.language.startsWith("th") ? "th-TH" : navigator.language;
const today = new Date();
const first = new Date(today.getFullYear(), today.getMonth(), 1);
const days = new Date(today.getFullYear(), today.getMonth() + 1, 0).getDate();
const name = new Intl.DateTimeFormat(language, { weekday: "narrow" });
const cell = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

document.documentElement.lang = language.slice(0, 2);
document.querySelector("h1").textContent = new Intl.DateTimeFormat(language, { month: "long", year: "numeric" }).format(today);
const head = document.createElement("tr");
for (let n = 0; n < 7; n += 1) head.append(cell("th", name.format(new Date(2023, 0, 1 + n))));
document.querySelector("thead").append(head);
let row = null;
for (let n = 1 - first.getDay(); n <= days; n += 1) {
  if (!row || row.children.length === 7) { row = document.createElement("tr"); document.querySelector("tbody").append(row); }
  const one = cell("td", n > 0 ? n : "");
  if (n === today.getDate()) one.className = "today";
  row.append(one);
}
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
