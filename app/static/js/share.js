// Taking a lesson along: its address, its Markdown, paper. Without this they are plain links.
const tell = (way, words) => {
  const label = way.querySelector("[data-said]");
  const before = label.textContent;
  document.querySelector("#taken").textContent = words;
  label.textContent = words;
  setTimeout(() => { label.textContent = before; }, 2500);
};

// Browsers keep their clipboard from pages that come over plain HTTP; a selection they still copy.
const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("nothing was copied");
};

const onPhone = matchMedia("(pointer: coarse)").matches && "share" in navigator;

const share = async (way) => {
  if (onPhone) return navigator.share({ title: way.dataset.share, url: way.href });
  await copy(way.href);
  tell(way, "Link copied");
};

const take = async (way) => {
  const answer = await fetch(way.href);
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  await copy(await answer.text());
  tell(way, "Copied");
};

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.closest("details").open = false;
    print();
  });
}

document.addEventListener("click", async (event) => {
  const way = event.target.closest("[data-share], [data-take]");
  if (!way || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  try {
    await (way.matches("[data-share]") ? share(way) : take(way));
  } catch (error) {
    // Put away by whoever was asked where to share it; else the link leads where it says.
    if (error.name !== "AbortError") location.assign(way.href);
  }
});
