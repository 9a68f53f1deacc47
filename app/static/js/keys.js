// One-key ways: `/` and Ctrl+K put the cursor into the search field, other single keys follow
// the link that carries them as data-key (`n` writes a new lesson).
const writing = (element) =>
  element.closest?.("input, textarea, select, [contenteditable]") !== null;

// Whoever speaks to their computer, or types by accident, switches single keys off on the page of
// keys; this browser remembers it.
const OFF = "single keys off";
const remembered = () => {
  try {
    return localStorage;
  } catch {
    return null; // a browser that keeps nothing
  }
};
const singleKeys = document.querySelector("[data-single-keys]");
if (singleKeys && remembered()) {
  const box = singleKeys.querySelector("input");
  singleKeys.hidden = false;
  box.checked = !remembered().getItem(OFF);
  box.addEventListener("change", () => {
    if (box.checked) remembered().removeItem(OFF);
    else remembered().setItem(OFF, "yes");
  });
}

const toTheSearch = (event) => {
  const field = document.querySelector("main [data-search]") ?? document.querySelector("[data-search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
};

// j and k: from one lesson of a list to the next.
const step = (by) => {
  const titles = [...document.querySelectorAll(".entry__title a")];
  const here = titles.findIndex((title) => title.closest(".entry").contains(document.activeElement));
  const next = here < 0 ? titles.at(by > 0 ? 0 : -1) : titles[here + by];
  next?.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  // Ctrl or Cmd with K leads to the search field even while one writes.
  const alone = !event.altKey && !event.shiftKey;
  if ((event.ctrlKey || event.metaKey) && alone && event.key.toLowerCase() === "k") toTheSearch(event);
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  if (remembered()?.getItem(OFF)) return;
  if (event.key === "/") {
    toTheSearch(event);
    return;
  }
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  if (!/^[a-z?]$/.test(event.key)) return;
  const link = document.querySelector(`[data-key="${event.key}"]`);
  if (link) {
    event.preventDefault();
    link.click();
    if (link.localName === "summary") link.focus();
  }
});

// Escape closes an open menu and gives the focus back to its handle; so does a click beside it.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
