// A link with data-dialog shows a part of its page in a dialog above this one: the keyboard map.
// Without it, or when the page cannot be had, the link leads there as any link does.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (document.querySelector("dialog[open]")) return;
  const answer = await fetch(link.href).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.querySelector(link.dataset.dialog);
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button--plain dialog__close";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  part.removeAttribute("id");
  part.querySelector("h1").id = "dialog-title";
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.append(part, close);
  dialog.addEventListener("click", (click) => click.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
});
