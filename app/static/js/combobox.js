// Fields that offer what may be meant while one types: the editable combobox with list
// autocomplete of the ARIA Authoring Practices. The options are the fragment that data-suggest
// gives; a field with data-suggest-many holds several values, set apart by commas; one with
// data-suggest-below has its answers beneath it anyway, and offers only when it is asked to.
{
  const WAIT_MS = 100;
  let made = 0;

  const combobox = (field) => {
    const { suggest, suggestMany, suggestBelow } = field.dataset;
    const many = suggestMany !== undefined;
    const list = document.createElement("div");
    const said = document.createElement("p");
    let options = [];
    let active = -1;
    let timer, asking;

    list.id = `options-${++made}`;
    list.className = "options";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    said.className = "unseen";
    said.setAttribute("role", "status");
    field.after(list, said);
    field.parentElement.classList.add("combobox");
    field.autocomplete = "off";
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) field.setAttribute(name, value);

    const typed = () => (many ? field.value.split(",").at(-1) : field.value).trim();

    const choose = (number) => {
      options[active]?.setAttribute("aria-selected", "false");
      active = number;
      const option = options[active];
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };

    const close = () => {
      clearTimeout(timer);
      asking?.abort();
      choose(-1);
      list.hidden = true;
      said.textContent = "";
      field.setAttribute("aria-expanded", "false");
    };

    const open = (fragment, at) => {
      list.innerHTML = fragment;
      options = [...list.querySelectorAll("[role=option]")];
      options.forEach((option, number) => { option.id = `${list.id}-${number}`; });
      if (!options.length || !field.matches(":focus")) return close();
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
      const count = list.querySelectorAll(".option:not(.option--all)").length;
      said.textContent = `${count} ${count === 1 ? "suggestion" : "suggestions"}, choose with up and down`;
      choose(at < 0 ? -1 : Math.min(at, options.length - 1));
    };

    // A newer question ends the one before it, so that no late answer replaces a newer one.
    const ask = async (at = -1) => {
      clearTimeout(timer);
      asking?.abort();
      const words = typed();
      if (!words) return close();
      asking = new AbortController();
      const { signal } = asking;
      try {
        const answer = await fetch(`${suggest}?q=${encodeURIComponent(words)}`, { signal, headers: { "HX-Request": "true" } });
        const fragment = answer.ok ? await answer.text() : "";
        if (!signal.aborted) open(fragment, at);
      } catch {
        if (!signal.aborted) close(); // without a network there is nothing to offer
      }
    };

    const move = (down) => {
      if (list.hidden) return ask(down ? 0 : Infinity);
      const last = options.length - 1; // beyond either end is the field itself
      if (down) choose(active === last ? -1 : active + 1);
      else choose(active < 0 ? last : active - 1);
    };

    const escape = (event) => {
      if (list.hidden && !(field.type === "search" && field.value)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!list.hidden) return close();
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };

    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (suggestBelow !== undefined) close();
      else timer = setTimeout(ask, WAIT_MS);
    });

    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (event.altKey && event.key === "ArrowUp") close();
        else move(event.key === "ArrowDown");
      } else if (event.key === "Escape") escape(event);
      else if (event.key === "Enter") {
        const option = options[active];
        if (option) event.preventDefault();
        option ? option.click() : close();
      } else if (event.key === "Tab") close();
      else if (/^(Home|End|ArrowLeft|ArrowRight)$/.test(event.key)) choose(-1);
    });

    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const value = event.target.closest("[data-value]")?.dataset.value;
      if (value !== undefined) {
        const before = many ? field.value.split(",").slice(0, -1).map((part) => `${part.trim()}, `) : [];
        field.value = before.join("") + value + (many ? ", " : "");
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      close();
    });
    field.addEventListener("blur", close);
  };

  const upgrade = () => document.querySelectorAll("[data-suggest]:not([role=combobox])").forEach(combobox);
  upgrade();
  document.addEventListener("htmx:after:swap", upgrade);
}
