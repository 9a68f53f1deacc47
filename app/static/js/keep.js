// Keeps what is typed into the form for a lesson: in this tab with every letter, on the server
// within seconds. What a protected author types is kept in the tab alone.
{
  const AFTER_MS = 1500; // a pause in typing
  const LONGEST_MS = 4000; // while typing on: five seconds are promised
  const AGAIN_MS = 5000; // after the connection was lost
  const PATIENCE_MS = 10000;
  const MOST_WHEN_LEAVING = 60000; // what browsers still send for a page that is gone
  const NOT_TYPED = new Set(["csrf_token", "draft", "draft_revision", "lesson_id", "as"]);

  const form = () => document.getElementById("lesson-form");
  const control = (name) => form().elements[name];
  const place = () => `draft ${form().dataset.person} ${form().dataset.keep}`;
  const address = () => `/drafts/${form().dataset.draft}`;
  const isProtected = () => "protected" in form().dataset || control("author_mode")?.value === "protected";

  let unkept = false; // typed, and not on the server yet
  let stopped = false; // until somebody says which of two copies counts, or it is posted
  let warns = false; // closing the tab would lose something
  let since = 0, timer, sending;

  const say = (words, ...links) => {
    const line = document.getElementById("draft-status");
    if (line.firstChild?.textContent === words && !links.length) return;
    line.replaceChildren(words, ...links.flatMap((link) => [" ", link]));
  };
  const link = (words, href, beside = false) =>
    Object.assign(document.createElement("a"), { textContent: words, href, ...(beside && { target: "_blank", rel: "noopener" }) });
  const button = (words, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "desk__link", textContent: words });
    made.addEventListener("click", act);
    return made;
  };

  const typed = () => Object.fromEntries([...new FormData(form())].filter(([, value]) => typeof value === "string"));
  const inTab = () => {
    try {
      sessionStorage.setItem(place(), JSON.stringify({ typed: typed(), unkept, revision: control("draft_revision").value }));
    } catch {
      // A browser that keeps nothing keeps nothing; the server still does.
    }
  };

  const post = async (url, fields) => {
    const { csrf_token, ...others } = fields;
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(others),
      headers: { Accept: "application/json", "X-CSRF-Token": csrf_token },
      redirect: "manual",
      keepalive: document.hidden && new URLSearchParams(others).toString().length < MOST_WHEN_LEAVING,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const isJson = answer.headers.get("content-type")?.startsWith("application/json");
    return { answer, said: isJson ? await answer.json() : {} };
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  };

  const kept = (said) => {
    control("draft_revision").value = said.revision;
    warns = false;
    if (said.kept) say(`Draft kept ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`);
  };

  const twoCopies = (said) => {
    unkept = stopped = warns = true;
    say(
      said.at ? "Changed on another device or in another window. Yours is kept in this tab." : "This draft was posted or discarded elsewhere. Yours is kept in this tab.",
      ...(said.at ? [link("Show the other one", location.pathname + location.search, true)] : []),
      button("Keep mine", () => {
        control("draft_revision").value = said.revision;
        stopped = false;
        keep();
      }),
    );
  };

  const signedOut = () => {
    unkept = warns = true;
    const way = link("sign in, and go on", `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
    way.addEventListener("click", () => { warns = false; });
    say("Signed out. What you wrote is safe in this tab:", way);
  };

  const lost = () => {
    unkept = warns = true;
    say("Not kept: no connection. It stays in this tab and is sent when the connection is back.");
    later(AGAIN_MS);
  };

  // One copy is on its way at a time, so that an older one never arrives after a newer one.
  const send = async () => {
    unkept = false;
    since = 0;
    try {
      const { answer, said } = isProtected() ? await post(`${address()}/removal`, { csrf_token: typed().csrf_token, lesson_id: typed().lesson_id ?? "" }) : await post(address(), typed());
      if (answer.type === "opaqueredirect") signedOut();
      else if (said.code === "draft_moved_on") twoCopies(said);
      else if (said.code) inTabOnly();
      else if (answer.ok) kept(said);
      else if (answer.status >= 500) lost();
      else unkept = stopped = warns = true, say("Not kept: the server did not take it. It stays in this tab; copy it before you close it.");
      if (answer.ok && isProtected()) inTabOnly();
    } catch {
      lost();
    }
    inTab();
  };

  const keep = async () => {
    clearTimeout(timer);
    while (sending) await sending;
    if (!unkept || stopped) return;
    sending = send().finally(() => { sending = null; });
    await sending;
  };

  // Said once the server's copy is erased; from here on nothing is sent until it is posted.
  const inTabOnly = () => {
    unkept = warns = stopped = true;
    say("protected" in form().dataset ? "Kept in this tab only: of a protected lesson nothing else is kept." : "Kept in this tab only, because nothing may lead to you.", link("Why?", "/help/protected-authors", true));
  };

  const touched = () => {
    unkept = true;
    inTab();
    if (stopped) return;
    since ||= Date.now();
    later(Math.max(0, Math.min(AFTER_MS, since + LONGEST_MS - Date.now())));
    if (location.pathname === "/lessons/new" && !location.search.includes("draft=")) {
      const way = control("as")?.value;
      history.replaceState(history.state, "", `/lessons/new?draft=${form().dataset.draft}${way ? `&as=${way}` : ""}`);
    }
  };

  const fill = (fields) => {
    for (const [name, value] of Object.entries(fields)) {
      const found = control(name);
      if (!found || NOT_TYPED.has(name)) continue;
      if (found instanceof RadioNodeList || found.type === "radio") {
        for (const one of form().querySelectorAll(`[type=radio][name="${CSS.escape(name)}"]`)) one.checked = one.value === value;
      } else found.value = value;
      const folded = value && !(found instanceof RadioNodeList) && found.closest("details");
      if (folded) folded.open = true;
    }
  };

  // What this tab has and the server has not is put back. What the server has from elsewhere is
  // not overwritten: the revision that this copy had seen goes back with it.
  const putBack = () => {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith("draft ") && !name.startsWith(`draft ${form().dataset.person} `)) sessionStorage.removeItem(name);
    }
    const copy = JSON.parse(sessionStorage.getItem(place()) ?? "null");
    if (!copy?.unkept) return isProtected() ? inTabOnlyQuietly() : offerOther();
    fill(copy.typed);
    control("draft_revision").value = copy.revision;
    unkept = true;
    if (isProtected()) return inTabOnly();
    say("What you typed last in this tab is back.");
    later(AFTER_MS);
  };
  // Another that this tab alone has, on a page that is still empty.
  const offerOther = () => {
    if (location.search || location.pathname !== "/lessons/new") return;
    const other = Object.keys(sessionStorage)
      .filter((name) => name.startsWith("draft "))
      .map((name) => JSON.parse(sessionStorage.getItem(name)))
      .find((copy) => copy.unkept && !copy.typed.lesson_id);
    if (other) say("Something else that you wrote is in this tab only:", link("go on with it", `/lessons/new?draft=${other.typed.draft}`));
  };
  const inTabOnlyQuietly = () => {
    inTabOnly();
    unkept = warns = false;
  };

  document.addEventListener("input", (event) => {
    if (event.target.form !== form() || event.target.type === "file") return;
    if (event.target.name === "author_mode") stopped = false; // erase at once, or keep again
    touched();
    if (event.target.name === "author_mode") keep();
  });
  addEventListener("online", () => { if (unkept) keep(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  addEventListener("beforeunload", (event) => { if (warns && form()) event.preventDefault(); });

  // A page that comes back from the browser's memory may show what is posted or changed since.
  addEventListener("pageshow", (event) => { if (event.persisted && form()) location.reload(); });

  // Signing out clears the tab (forms.js): first the server gets what it has not.
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("[action='/sign-out']") || !unkept) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isProtected() && !confirm("What you wrote as a protected author is in this tab only, and is erased when you sign out. Sign out?")) return;
    await keep();
    warns = false;
    sessionStorage.clear();
    event.target.submit();
  }, { capture: true });

  // For write.js: a post waits for what is on its way, and puts the copies away when it is done.
  window.keeping = {
    isProtected,
    isKept: () => !unkept,
    async settle() {
      clearTimeout(timer);
      await sending;
    },
    now: keep,
    leave() { warns = false; },
    putAway() {
      stopped = true;
      warns = unkept = false;
      sessionStorage.removeItem(place());
    },
    say,
    signedOut,
  };
  if (form()) putBack();
}
