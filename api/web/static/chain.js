// Looking at a box or a band of a chain shows its routes, and lets the others step back. Without it, nothing is lost.

const routesOf = (part) => part.dataset.r.split(" ");

for (const picture of document.querySelectorAll(".chain-svg")) {
  const parts = [...picture.querySelectorAll("[data-r]")].map((part) => ({ part, routes: routesOf(part) }));

  const show = (chosen) => {
    const wanted = new Set(routesOf(chosen));
    picture.classList.add("looking");
    for (const { part, routes } of parts) part.classList.toggle("on", routes.some((route) => wanted.has(route)));
  };
  const rest = () => picture.classList.remove("looking");

  for (const { part } of parts) {
    part.addEventListener("pointerenter", () => show(part));
    part.addEventListener("pointerleave", rest);
    part.addEventListener("focusin", () => show(part));
    part.addEventListener("focusout", rest);
  }
  picture.addEventListener("keydown", (event) => {
    if (event.key === "Escape") rest();
  });
}
