// A slider over the days of the claim's story, and a filter over its reports. Without it, links and the date field do.

const form = document.querySelector(".as-of");
const days = form ? form.dataset.days.split(" ").filter(Boolean) : [];

if (days.length > 1) {
  const field = form.querySelector("#as_of");
  const clock = form.querySelector("#clock")?.closest("div");
  const last = days.length; // the place after the last day means today
  const today = field.max;
  const dayAt = (place) => days[place] ?? today;
  const placeOf = (day) => {
    const found = days.findIndex((one) => one >= day);
    return found < 0 ? last : found;
  };

  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: last, step: 1, value: placeOf(field.value), className: "slider" });
  slider.setAttribute("aria-label", "Day of its story");
  const tell = () => slider.setAttribute("aria-valuetext", Number(slider.value) === last ? "today" : dayAt(slider.value));
  tell();
  slider.addEventListener("input", () => {
    field.value = dayAt(slider.value);
    clock?.remove(); // a day of the slider is a whole one
    tell();
  });
  // Keys move it by one day at a time; only letting go asks for the page.
  slider.addEventListener("pointerup", () => (field.value === today ? location.assign(form.action) : form.requestSubmit()));
  field.closest("div").after(slider);
}

const filter = document.querySelector("[data-filter=reports]");

if (filter) {
  const words = filter.querySelector("input");
  const told = filter.querySelector("[data-told]");
  const folded = document.querySelector(".more-reports");
  const rows = [...document.querySelectorAll("#reports tbody tr")];
  const fold = (text) => text.toLocaleLowerCase().normalize("NFKD");

  const apply = () => {
    const wanted = fold(words.value.trim());
    let shown = 0;
    for (const row of rows) {
      row.hidden = wanted !== "" && !fold(row.textContent).includes(wanted);
      shown += row.hidden ? 0 : 1;
    }
    for (const table of document.querySelectorAll("#reports table")) {
      const left = table.querySelectorAll("tbody tr:not([hidden])").length;
      table.hidden = left === 0;
      if (!folded?.contains(table)) continue;
      folded.hidden = left === 0;
      folded.querySelector("[data-others]").textContent = left;
    }
    if (folded && wanted) folded.open = true;
    told.textContent = !wanted ? "" : shown ? `${shown} of ${rows.length} reports` : `None of the ${rows.length} reports names that.`;
  };
  words.addEventListener("input", apply);
  // Whoever follows a link to a report wants to see it, whatever was filtered before.
  addEventListener("hashchange", () => {
    if (document.getElementById(location.hash.slice(1))?.hidden) {
      words.value = "";
      apply();
    }
  });
  filter.hidden = rows.length < 4;
}

// A report that another page links to may be folded.
const unfold = () => {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const around = target?.closest("details");
  if (around && !around.open) {
    around.open = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", unfold);
unfold();
