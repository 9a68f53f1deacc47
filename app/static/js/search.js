// On the search page a long list of filters can be narrowed by typing.
{
  const narrow = (field) => {
    const typed = field.value.trim().toLowerCase();
    for (const value of document.querySelectorAll(field.dataset.filters)) {
      const name = value.textContent.toLowerCase();
      value.hidden = !name.includes(typed) && !value.querySelector("[aria-current]");
    }
  };
  const unfold = () => {
    for (const field of document.querySelectorAll("[data-filters]")) {
      field.hidden = false; // without scripts it would do nothing
      narrow(field);
    }
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-filters]")) narrow(event.target);
  });
  document.addEventListener("htmx:after:swap", unfold);
  unfold();
}
