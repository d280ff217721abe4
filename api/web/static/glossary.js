// Narrows the glossary to the rows that hold what is typed; without this script the whole of it stands there.

const field = document.getElementById("find");
const told = document.getElementById("found");
const parts = [...document.querySelectorAll(".vocabulary")];

field.closest(".find").hidden = false;
field.addEventListener("input", narrow);
if (field.value) narrow();

// A link to a word leads into its group, which may be folded.
addEventListener("hashchange", unfold);
unfold();

function unfold() {
  const word = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const group = word?.querySelector("details") ?? word?.closest("details");
  if (!group || group.open) return;
  group.open = true;
  word.scrollIntoView();
}

function narrow() {
  const sought = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const part of parts) {
    let here = 0;
    for (const row of part.querySelectorAll("tbody tr")) {
      const text = `${row.textContent} ${row.dataset.also ?? ""}`.toLowerCase().replaceAll("_", " ");
      row.hidden = !sought.every((word) => text.includes(word.replaceAll("_", " ")));
      here += row.hidden ? 0 : 1;
    }
    part.hidden = here === 0;
    if (sought.length) part.querySelector("details").open = true;
    count += here;
  }
  told.textContent = count === 1 ? "1 word" : count === 0 ? "No word like that" : `${count} words`;
}
