// Pictures and files for what is being written: chosen, pasted into the text, or dropped on the
// form. One goes at a time; what cannot go is said, and nothing of the text is lost.
{
  const LONG_BYTES = 500_000; // from here on progress is shown
  const MEGABYTE = 1_000_000;
  const form = () => document.getElementById("lesson-form");
  const list = () => document.getElementById("attachments-list");
  const isProtected = () =>
    form() && ("protected" in form().dataset || form().elements.author_mode?.value === "protected");
  let queue = Promise.resolve();
  let number = 0;
  let lastArea;

  const say = (words, { wrong = false, part } = {}) => {
    let line = document.getElementById("attach-said");
    if (!line) {
      line = Object.assign(document.createElement("p"), { id: "attach-said", className: "attach__said" });
      line.setAttribute("role", "status");
      list().after(line);
    }
    line.toggleAttribute("data-wrong", wrong);
    line.textContent = words;
    if (part === undefined) return document.getElementById("attach-progress")?.remove();
    let bar = document.getElementById("attach-progress");
    if (!bar) {
      bar = Object.assign(document.createElement("progress"), { id: "attach-progress", className: "attach__progress", max: 1 });
      bar.setAttribute("aria-label", words);
      line.after(bar);
    }
    bar.value = part;
  };

  // The list as the server knows it; what a script adds to it is added again.
  const show = (fragment) => {
    remember();
    list().replaceWith(fragment);
    htmx.process(fragment);
    enhance();
    giveBack();
  };

  // Whoever stood in the list when it was changed stands at its field afterwards, not nowhere.
  let stood = false;
  const remember = () => { stood = Boolean(list()?.contains(document.activeElement)); };
  const giveBack = () => {
    if (stood && document.activeElement === document.body) document.getElementById("file")?.focus({ preventScroll: true });
    stood = false;
  };

  const enhance = () => {
    const here = list();
    if (!here || here.dataset.enhanced) return;
    here.dataset.enhanced = "";
    const field = here.querySelector(".attach__field");
    if (!field) return;
    field.multiple = true;
    here.querySelector(".attach").classList.add("attach--at-once");
    here.querySelector(".attach__ways").hidden = false;
    for (const button of here.querySelectorAll("[data-insert]")) button.hidden = false;
    follow();
  };

  // With a protected author nothing is brought before the lesson is posted; what was brought goes
  // with the draft, which is erased.
  const follow = () => {
    const here = list();
    if (!here?.querySelector(".attach")) return;
    const on = Boolean(isProtected());
    here.querySelector(".attach").hidden = on;
    here.querySelector(".attach__later").hidden = !on;
    const files = here.querySelector(".files");
    if (!on || !files) return;
    for (const area of form().querySelectorAll("textarea")) {
      for (const { pathname } of files.querySelectorAll("a")) {
        const place = area.value.match(new RegExp(`!\\[[^\\]]*\\]\\(${pathname}\\)`))?.[0];
        if (place) put(area, "", { instead: place });
      }
    }
    files.remove();
    say("The files went with the draft: they would have led to you.", { wrong: true });
  };

  const send = (file) =>
    new Promise((done) => {
      const parts = new FormData();
      parts.append("file", file, file.name);
      for (const name of ["author_mode", "lesson_id"]) {
        const value = form().elements[name]?.value;
        if (value) parts.append(name, value);
      }
      const request = new XMLHttpRequest();
      request.open("POST", `/drafts/${form().dataset.draft}/attachments`);
      request.setRequestHeader("HX-Request", "true");
      request.setRequestHeader("X-CSRF-Token", document.querySelector('meta[name="csrf"]').content);
      if (file.size > LONG_BYTES) {
        request.upload.addEventListener("progress", (event) => say(`Uploading ${file.name}…`, { part: event.loaded / event.total }));
      }
      request.addEventListener("load", () => done(request));
      request.addEventListener("error", () => done(null));
      request.send(parts);
    });

  const refusal = (request) => {
    if (!request) return "There is no connection.";
    if (request.getResponseHeader("HX-Redirect")) return "You are signed out: sign in in another tab, then try again.";
    return request.status === 413 ? "It is larger than can be sent." : "The server did not take it. Reload the page and try again.";
  };

  // The draft that a file on its way began again is erased with it.
  const takeBack = async () => {
    const headers = { Accept: "application/json", "X-CSRF-Token": document.querySelector('meta[name="csrf"]').content };
    const body = new URLSearchParams({ lesson_id: form().elements.lesson_id?.value ?? "" });
    await fetch(`/drafts/${form().dataset.draft}/removal`, { method: "POST", headers, body }).catch(() => null);
    say(list().querySelector(".attach__later").textContent, { wrong: true });
  };

  // The id of what was attached; null when it was not, which is said.
  const bring = async (file) => {
    const most = Number(list().dataset.mostMb);
    if (isProtected()) return say(list().querySelector(".attach__later").textContent, { wrong: true }), null;
    if (file.size > most * MEGABYTE) return say(`${file.name} is larger than ${most} MB. Make it smaller, or link to where it lies.`, { wrong: true }), null;
    say(`Uploading ${file.name}…`);
    const request = await send(file);
    if (isProtected()) return await takeBack(), null; // chosen while the file was on its way
    const answer = request && new DOMParser().parseFromString(request.responseText, "text/html").getElementById("attachments-list");
    if (!answer) return say(`${file.name} was not attached. ${refusal(request)}`, { wrong: true }), null;
    const problem = answer.querySelector("[role=alert]");
    const words = problem?.textContent;
    problem?.remove();
    const added = answer.dataset.added;
    show(document.adoptNode(answer));
    say(words ? `${file.name} was not attached. ${words}` : `Attached: ${file.name}`, { wrong: Boolean(words) });
    return added ?? null;
  };

  const inTurn = (act) => (queue = queue.then(act, act));

  // Words at the cursor, or `instead` of others wherever these are now; the cursor stays with what
  // is typed meanwhile.
  const put = (area, words, { instead = "" } = {}) => {
    const at = instead ? area.value.indexOf(instead) : area.selectionStart;
    if (at < 0) return;
    const end = instead ? at + instead.length : area.selectionEnd;
    const cursor = area.selectionEnd;
    area.setRangeText(words, at, end);
    const after = cursor < at ? cursor : Math.max(cursor, end) + words.length - (end - at);
    area.setSelectionRange(after, after);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A picture in the text: its place is held while it is on its way.
  const bringInto = (area, file, words) => {
    const holds = `![Uploading ${words} ${(number += 1)}…]()`;
    put(area, holds);
    return inTurn(async () => {
      const id = await bring(file);
      put(area, id ? `![${words}](/attachments/${id})` : "", { instead: holds });
    });
  };

  const isPicture = (file) => /^image\/(png|jpeg|webp|gif)$/.test(file.type);
  const plain = (name) => name.replace(/\.\w+$/, "").replace(/[[\]()\\!]/g, " ").trim() || "picture";

  document.addEventListener("paste", (event) => {
    const area = event.target.closest?.("#lesson-form textarea");
    const files = [...(event.clipboardData?.files ?? [])];
    // Cells of a table come as a picture, too: then the text is meant.
    if (!area || !list() || !files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    if (isProtected()) return void inTurn(() => bring(files[0]));
    for (const file of files) {
      if (isPicture(file)) bringInto(area, file, "pasted picture");
      else inTurn(() => bring(file));
    }
  });

  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files") && form()?.contains(event.target) && list();
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    form().classList.add("takes-files");
  });
  for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => form()?.classList.remove("takes-files"));
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const area = event.target.closest("textarea:not([data-one-line])");
    for (const file of event.dataTransfer.files) {
      if (area && isPicture(file) && !isProtected()) bringInto(area, file, plain(file.name));
      else inTurn(() => bring(file));
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[name=author_mode]")) return follow();
    if (!event.target.matches?.(".attach--at-once .attach__field")) return;
    const files = [...event.target.files];
    event.target.value = "";
    for (const file of files) inTurn(() => bring(file));
  });

  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("#lesson-form textarea:not([data-one-line])")) lastArea = event.target;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-insert]");
    const area = lastArea?.isConnected ? lastArea : form()?.elements.lesson;
    if (!button || !area) return;
    const name = button.closest("li").querySelector(".files__name a").textContent;
    put(area, `![${plain(name)}](${button.dataset.insert})`);
    area.focus();
  });

  document.addEventListener("htmx:before:swap", remember);
  document.addEventListener("htmx:after:swap", () => {
    enhance();
    giveBack();
  });
  enhance();
}
