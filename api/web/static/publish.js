// Copies what stands in a text area; without this script it is selected by hand.
const told = document.getElementById("copied");

for (const button of document.querySelectorAll("button[data-copies]")) {
  const area = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    area.select();
    const done = await copy(area.value);
    told.textContent = done ? "Copied." : "It could not be copied. It is selected: press Ctrl+C, or Command+C on a Mac.";
    const label = button.firstChild;
    label.textContent = done ? "Copied" : "Selected";
    setTimeout(() => { label.textContent = "Copy"; }, 2500);
  });
}

// Browsers lend the clipboard only to pages that came over TLS or from this machine; elsewhere the selection is copied.
async function copy(text) {
  if (!navigator.clipboard) return document.execCommand("copy");
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
