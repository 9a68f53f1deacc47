// Small kindnesses of forms; every form works without them.
// After a refused form the summary of what is wrong takes the focus, once.
const focusProblems = () => {
  const summary = document.querySelector("[data-focus]:not([data-focused])");
  if (!summary) return;
  summary.dataset.focused = "";
  summary.focus();
};
focusProblems();
document.addEventListener("htmx:after:swap", focusProblems);

// Where the browser cannot size a text area by its content, its lines are counted.
const grow = (area) => {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
};
if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea.input--area")) grow(event.target);
  });
}

// Asks before an act that is hard to undo: <form data-confirm="Retire this lesson?">.
// Captured, so that a refusal also keeps htmx from sending.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (!question || confirm(question)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

// Copies the text that a button names: <button data-copy="#token">.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const source = button && document.querySelector(button.dataset.copy);
  if (!source) return;
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  button.textContent = "Copied";
});

// Warns before leaving a form marked data-unsaved that was typed in.
let touched = null;
document.addEventListener("input", (event) => {
  touched = event.target.form?.matches("[data-unsaved]") ? event.target.form : touched;
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) touched = null;
});
window.addEventListener("beforeunload", (event) => {
  if (touched?.isConnected) event.preventDefault();
});

// What this tab keeps of drafts is nobody else's: it goes when one signs out.
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.matches("[action='/sign-out']")) sessionStorage.clear();
});
