/* A mark of the plot and its row in the table light up together, for whoever points at one of them or steps to it. */
const rows = new Map([...document.querySelectorAll("tr[data-claim]")].map((row) => [row.dataset.claim, row]));
const marks = [...document.querySelectorAll(".ledger-plot a[href]")];
const claimOf = (mark) => mark.getAttribute("href").split("/").pop().split("?")[0];

function light(claim, lit) {
  rows.get(claim)?.classList.toggle("lit", lit);
  for (const mark of marks) if (claimOf(mark) === claim) mark.classList.toggle("lit", lit);
}

for (const [element, claim] of [...marks.map((mark) => [mark, claimOf(mark)]), ...[...rows].map(([id, row]) => [row, id])]) {
  for (const begins of ["pointerenter", "focusin"]) element.addEventListener(begins, () => light(claim, true));
  for (const ends of ["pointerleave", "focusout"]) element.addEventListener(ends, () => light(claim, false));
}
