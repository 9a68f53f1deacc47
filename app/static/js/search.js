// On the search page a long list of filters can be narrowed by typing, and the focus is not lost
// with a link that led to a new answer.
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
  document.addEventListener("htmx:after:swap", () => {
    unfold();
    // The word that was taken out had the focus, or one turned the page: what is found comes next.
    const lost = document.activeElement === document.body || document.activeElement.closest(".paging");
    if (lost) document.querySelector("#found")?.focus({ preventScroll: true });
  });
  // What is found while somebody types is not what they looked for; what they send is.
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceEvent?.type === "submit") ctx.request.headers["Search-Sent"] = "yes";
  });
  unfold();
}
