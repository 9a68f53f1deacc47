// One-key ways: `/` puts the cursor into the search field, other single keys follow
// the link that carries them as data-key (`n` writes a new lesson).
const writing = (element) =>
  element.closest?.("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (writing(event.target)) return;
  if (event.key === "/") {
    const field = document.querySelector("main [data-search]") ?? document.querySelector("[data-search]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
    return;
  }
  if (!/^[a-z?]$/.test(event.key)) return;
  const link = document.querySelector(`[data-key="${event.key}"]`);
  if (link) {
    event.preventDefault();
    link.click();
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
