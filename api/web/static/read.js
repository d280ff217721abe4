// Reads an article while somebody types or pastes it: after a pause its words are sent to this server, and what is read
// in them is shown beside.

const form = document.getElementById("asking");
const found = document.getElementById("found");
const state = document.getElementById("state");
const PAUSE = 900;

let timer;
let running;
let last = "";

function soon(after = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(read, after);
}

async function read() {
  const words = ["text", "date", "language"].map((name) => form.elements[name].value);
  const now = JSON.stringify(words);
  if (!words[0].trim() || now === last) return;
  last = now;
  running?.abort();
  running = new AbortController();
  state.textContent = "Reading…";
  try {
    const fields = new URLSearchParams({ text: words[0], date: words[1], language: words[2] });
    const answer = await fetch("/read/proposals", { method: "POST", body: fields, signal: running.signal });
    if (answer.status === 503) {
      last = "";
      state.textContent = "Many texts are being read just now; this one is tried again in a moment.";
      return soon(1000 * Number(answer.headers.get("Retry-After") ?? 10));
    }
    if (answer.status === 413) {
      state.textContent = "The text is too long to be sent. Paste a part of it.";
      return;
    }
    if (answer.status === 401) {
      last = "";
      state.textContent = "Reading needs a key here, and you are logged in no longer. Your words are still here; log in in another tab.";
      return;
    }
    found.innerHTML = await answer.text();
    state.textContent = answer.ok ? "Read." : "";
  } catch (failed) {
    if (failed.name === "AbortError") return;
    last = "";
    state.textContent = "The server cannot be reached. Your words are still here; try again.";
  }
}

form.addEventListener("input", (event) => {
  if (["text", "date", "language"].includes(event.target.name)) soon();
});
// Whoever comes with words that nobody has read yet, as the bookmarklet does, need not press anything.
if (form.elements.text.value.trim() && !found.querySelector("[data-summary]")) soon(0);

for (const [begins, ends] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  for (const [when, on] of [[begins, true], [ends, false]]) {
    found.addEventListener(when, (event) => {
      const of = event.target.closest?.("[data-of]")?.dataset.of;
      if (!of) return;
      for (const one of found.querySelectorAll(`.paper [data-of="${CSS.escape(of)}"]`)) one.classList.toggle("lit", on);
    });
  }
}
