// What a document's page can do beyond its links and forms: text and list light up together, keys decide about what
// waits, and selected words open the form that states something with them. Offsets are counted in code points.

const page = document.getElementById("page");
const text = document.getElementById("text");
const stating = document.getElementById("stating");

for (const hidden of document.querySelectorAll("[data-script][hidden]")) hidden.hidden = false;

/* Text and list light up together. */

function light(of, on) {
  if (!of) return;
  for (const one of document.querySelectorAll(`#text [data-of="${CSS.escape(of)}"]`)) one.classList.toggle("lit", on);
}

for (const [begins, ends] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  page?.addEventListener(begins, (event) => light(event.target.closest?.("[data-of]")?.dataset.of, true));
  page?.addEventListener(ends, (event) => light(event.target.closest?.("[data-of]")?.dataset.of, false));
}

/* Keys that decide. */

const waiting = [...document.querySelectorAll(".stated > li.proposed")];
const keysOn = document.getElementById("keys-on");
let current = waiting.findIndex((one) => `#${one.id}` === location.hash);

// Where a browser keeps nothing for us, the choice holds for this page alone.
function remembered(chosen) {
  try {
    if (chosen) localStorage.setItem("provenance-keys", chosen);
    return localStorage.getItem("provenance-keys");
  } catch {
    return chosen;
  }
}

if (keysOn) {
  keysOn.checked = remembered() !== "off";
  keysOn.addEventListener("change", () => remembered(keysOn.checked ? "on" : "off"));
}

function show(place) {
  if (!waiting.length) return;
  waiting[current]?.classList.remove("current");
  current = (place + waiting.length) % waiting.length;
  const one = waiting[current];
  one.classList.add("current");
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "nearest" });
  document.getElementById(`at-${one.id}`)?.scrollIntoView({ block: "nearest" });
}

if (current >= 0) show(current);

function press(selector) {
  const one = waiting[current] ?? waiting[0];
  if (!one) return;
  if (current < 0) return show(0);
  one.querySelector(selector)?.click();
}

const keys = {
  j: () => show(current + 1),
  k: () => show(current < 0 ? waiting.length - 1 : current - 1),
  a: () => press('button[name="accept"]'),
  r: () => press('button[name="reject"]'),
  e: () => press('a[data-act="edit"]'),
  m: () => press('a[data-act="merge"]'),
  s: () => state(),
  "?": () => {
    const told = document.getElementById("keys");
    if (!told) return;
    told.open = true;
    told.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.target === text && event.key === "Enter") return enter(event);
  if (event.key === "Escape" && text?.isContentEditable) return leaveCaret();
  const act = keys[event.key.toLowerCase()];
  // The caret in the text is the reader's own; there only the key that states something works.
  if (!act || (keysOn && !keysOn.checked) || (text?.isContentEditable && event.key.toLowerCase() !== "s")) return;
  event.preventDefault();
  act();
});

/* Selected words. */

function enter(event) {
  event.preventDefault();
  if (selected()) return state();
  if (text.isContentEditable) return;
  text.contentEditable = "true";
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  text.setAttribute("aria-readonly", "true");
  text.spellcheck = false;
  const first = text.querySelector("[data-start]");
  if (first) getSelection().collapse(first, 0);
}

function leaveCaret() {
  text.contentEditable = "false";
  text.setAttribute("role", "region");
  for (const name of ["aria-multiline", "aria-readonly"]) text.removeAttribute(name);
}

for (const change of ["beforeinput", "paste", "drop", "cut"]) text?.addEventListener(change, (event) => event.preventDefault());

// The letters of a block before a place in it, in code points; numbers of statements are none of its words.
function lettersBefore(block, node, offset) {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  const part = range.cloneContents();
  for (const own of part.querySelectorAll(".ref")) own.remove();
  return [...part.textContent];
}

// The stretch of the document that a selection covers in one block, without blanks at either end; null if none.
function covered(block, range) {
  const whole = document.createRange();
  whole.selectNodeContents(block);
  const letters = lettersBefore(block, block, block.childNodes.length);
  let from = 0;
  let to = letters.length;
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) > 0) {
    from = lettersBefore(block, range.startContainer, range.startOffset).length;
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) < 0) {
    to = lettersBefore(block, range.endContainer, range.endOffset).length;
  }
  while (from < to && !letters[from].trim()) from += 1;
  while (from < to && !letters[to - 1].trim()) to -= 1;
  const start = Number(block.dataset.start);
  return from < to ? { start: start + from, end: start + to } : null;
}

// What is selected, by its places in the document's own text: what a template puts around it is none of its words, and
// a selection of a last line ends behind the text.
function selected() {
  const selection = getSelection();
  if (!text || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) && !text.contains(range.endContainer)) return null;
  const parts = [...text.querySelectorAll("[data-start]")]
    .filter((block) => range.intersectsNode(block))
    .map((block) => covered(block, range))
    .filter((part) => part);
  return parts.length ? { start: parts[0].start, end: parts.at(-1).end } : null;
}

const picker = text && document.getElementById("state") ? document.createElement("button") : null;
if (picker) {
  picker.type = "button";
  picker.className = "main picker no-print";
  picker.hidden = true;
  picker.textContent = "State something with these words";
  picker.addEventListener("pointerdown", (event) => event.preventDefault());
  picker.addEventListener("click", () => state());
  page.append(picker);
  document.addEventListener("selectionchange", () => {
    picker.hidden = !selected();
  });
}

async function state() {
  const words = selected();
  if (!words || !picker) return;
  const answer = await fetch(`/documents/${page.dataset.document}/state?part=1&start=${words.start}&end=${words.end}`);
  // Whoever is logged in no longer is led to the log-in, which belongs on a page of its own.
  if (!answer.ok || answer.redirected) {
    location.assign(`/documents/${page.dataset.document}/state?start=${words.start}&end=${words.end}`);
    return;
  }
  leaveCaret();
  stating.innerHTML = await answer.text();
  stating.hidden = false;
  picker.hidden = true;
  ready(stating);
  stating.scrollIntoView({ block: "start" });
  stating.querySelector("#stating-title").focus({ preventScroll: true });
}

function leave(event) {
  event.preventDefault();
  stating.hidden = true;
  stating.replaceChildren();
  text.focus();
}

// Beside the text, claims are looked for without leaving it.
async function look(event) {
  const form = event.target;
  if (event.submitter?.value !== "look" || form.dataset.plain) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  fields.set("part", "1");
  const answer = await fetch(form.action, { method: "POST", body: fields });
  if (!answer.ok) {
    // What stands in the way is told on the page that the form leads to without a script.
    form.dataset.plain = "yes";
    form.requestSubmit(event.submitter);
    return;
  }
  stating.innerHTML = await answer.text();
  ready(stating);
  stating.querySelector("#look").focus();
}

/* The form that states something: here, and on its own page. */

function ready(around) {
  for (const form of around.querySelectorAll("form.stating")) {
    const quote = form.elements.quote;
    quote.addEventListener("input", () => {
      form.elements.start.value = form.elements.end.value = "";
    });
    for (const more of form.querySelectorAll("[data-more]")) more.addEventListener("click", (event) => addRow(event, more));
    const take = form.querySelector("[data-take]");
    take.hidden = false;
    take.addEventListener("click", () => takeFigure(form, quote));
    form.addEventListener("input", (event) => {
      if (event.target.name === "name") offer(form, event.target.value);
      if (event.target.name === "text" && event.target.value) form.querySelector("#claim-new")?.click();
    });
    form.querySelector("#fault")?.focus();
    if (!stating?.contains(form)) continue;
    form.querySelector("[data-leave]").addEventListener("click", leave);
    form.addEventListener("submit", look);
  }
}

function addRow(event, more) {
  event.preventDefault();
  const rows = more.closest("fieldset").querySelector("[data-rows]");
  const row = rows.lastElementChild.cloneNode(true);
  const number = rows.children.length + 1;
  for (const label of row.querySelectorAll("label")) label.htmlFor = label.htmlFor.replace(/\d+$/, number);
  for (const field of row.querySelectorAll("input, select")) {
    field.id = field.id.replace(/\d+$/, number);
    if (field.tagName === "INPUT") field.value = "";
    else field.selectedIndex = 0;
  }
  const name = row.querySelector('label[for^="name-"]');
  if (name) name.textContent = "Relayed by";
  rows.append(row);
  row.querySelector("input").focus();
}

function takeFigure(form, quote) {
  const words = quote.value.slice(quote.selectionStart, quote.selectionEnd).trim();
  const rows = [...form.querySelectorAll('input[name="figure"]')];
  const empty = rows.find((one) => !one.value) ?? rows.at(-1);
  if (words) empty.value = words;
  empty.focus();
}

let asked = 0;
async function offer(form, words) {
  const mine = ++asked;
  const list = form.querySelector("#sources");
  if (words.trim().length < 2) return;
  const answer = await fetch(`/v1/sources?limit=8&q=${encodeURIComponent(words.trim())}`);
  if (!answer.ok || mine !== asked) return;
  const { items } = await answer.json();
  list.replaceChildren(...items.map((one) => Object.assign(document.createElement("option"), { value: one.name })));
}

ready(document);

// A second press while the first is on its way sends nothing; whoever comes back finds the form as it was.
function sentOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  // A button that is disabled at once would not be sent along.
  setTimeout(() => hold(form, true));
}

function hold(form, on) {
  for (const button of form.querySelectorAll("button")) button.disabled = on;
}

document.addEventListener("submit", sentOnce);
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    hold(form, false);
  }
});
