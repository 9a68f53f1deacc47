// The form for a piece of work: Ctrl+Enter sends it, and what is too long is said before it is sent.
const form = document.getElementById("brief-form");
const most = Number(form.dataset.most);

const say = (words) => {
  let line = document.getElementById("work-too-long");
  if (!words) return line?.remove();
  if (!line) {
    line = Object.assign(document.createElement("p"), { id: "work-too-long", className: "field__error" });
    line.setAttribute("role", "alert");
    document.getElementById("work").after(line);
  }
  line.textContent = words;
};

const excess = () => form.elements.work.value.length - most;

form.addEventListener("input", () => { if (excess() <= 0) say(""); });
form.addEventListener("submit", (event) => {
  if (excess() <= 0) return;
  event.preventDefault();
  const length = form.elements.work.value.length.toLocaleString("en");
  say(`This is ${length} characters long, and a brief reads at most ${most.toLocaleString("en")}, some sixty pages. It is all still here: keep the part that says what will be done, with what and where.`);
  form.elements.work.focus();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
