// Says which time zone the browser is in, where another one is chosen, and offers to choose it.
(() => {
  const hint = document.querySelector("[data-zone-here]");
  const list = hint && document.getElementById(hint.dataset.zoneHere);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!list || list.value === here || ![...list.options].some((option) => option.value === here)) return;
  hint.querySelector("[data-zone-name]").textContent = here.replaceAll("_", " ");
  hint.querySelector("button").addEventListener("click", () => {
    list.value = here;
    hint.hidden = true;
    list.focus();
  });
  hint.hidden = false;
})();
