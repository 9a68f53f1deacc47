// The desk: posting without leaving the page, another way to begin, keys.
{
  const form = () => document.getElementById("lesson-form");
  const { keeping } = window;
  let posting = false;

  const busy = (button, on) => {
    posting = on;
    if (!button) return;
    button.disabled = on;
    button.dataset.label ??= button.textContent;
    button.textContent = on ? button.dataset.busy : button.dataset.label;
  };

  // The form comes back with what is wrong, and with everything typed.
  const comeBack = (html) => {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    document.querySelector("main").replaceWith(main);
    htmx.process(main);
    document.dispatchEvent(new CustomEvent("htmx:after:swap"));
  };

  const send = async (body) => {
    const answer = await fetch(form().action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect") return keeping.signedOut();
    if (!answer.ok) {
      const why = answer.status === 507 ? "there is no room left on the server" : "the server could not take it";
      return keeping.say(`Not posted: ${why}. What you wrote is still here; try again in a minute.`);
    }
    const { url, page } = await answer.json();
    if (!url) return comeBack(page);
    keeping.putAway();
    location.assign(url);
    return true;
  };

  const post = async (submitter) => {
    const button = form().querySelector("[data-post]");
    const body = new FormData(form(), submitter);
    busy(button, true);
    try {
      await keeping.settle();
      body.set("draft_revision", form().elements.draft_revision.value);
      if (await send(body)) return; // still busy: the next page is on its way
    } catch {
      keeping.say("Not posted: no connection. What you wrote is still here; try again when it is back.");
    }
    busy(button, false);
  };

  // Other buttons lead away: what is typed is kept first. A protected author's stays in the tab, and
  // so nobody leaves it for the list of drafts.
  const goOn = async (button) => {
    await keeping.now();
    const way = button.name === "way";
    if (!keeping.isKept() && !(way && keeping.isProtected())) return;
    keeping.leave();
    location.assign(way ? `/lessons/new?draft=${form().dataset.draft}&as=${button.value}` : "/my/lessons");
  };
  const discard = async (button) => {
    const question = keeping.isProtected()
      ? "Discard what you wrote? It is in this tab only, and cannot be brought back."
      : document.querySelector("#attachments-list .files") && "Discard this draft? Its text can be brought back, its files cannot.";
    if (question && !confirm(question)) return;
    await keeping.now();
    keeping.putAway();
    form().action = button.formAction;
    form().submit();
  };

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-start-again]") && !event.defaultPrevented) return keeping.putAway();
    if (event.target !== form()) return;
    const { submitter } = event;
    const leads = submitter?.dataset.leads; // other buttons with an address are other scripts'
    if (event.defaultPrevented || (!leads && submitter?.hasAttribute("formaction"))) return;
    event.preventDefault();
    if (posting) return;
    if (leads === "away") discard(submitter);
    else if (leads) goOn(submitter);
    else post(submitter);
  });

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (field.form !== form() || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form().requestSubmit(form().querySelector("[data-post]"));
    } else if (event.key === "Enter" && field.matches("[data-one-line]")) {
      event.preventDefault();
      form().querySelector("[name=kind]:checked, [name=kind]").focus();
    } else if (field.name === "kind" && /^[1-4]$/.test(event.key)) {
      const kind = form().querySelectorAll("[name=kind]")[event.key - 1];
      kind.focus();
      kind.click();
    }
  });

  // The margin is asked for by itself: whoever is signed out meanwhile stays where they write.
  document.addEventListener("htmx:before:response", (event) => {
    if (!form() || !event.detail.ctx.hx.redirect) return;
    event.preventDefault();
    keeping.signedOut();
  });

  // On a phone the margin stands below the text: the foot says what came into it.
  const inMargin = (what, one, many) => {
    const count = document.querySelectorAll(`#margin ${what}`).length;
    return count ? [`${count} ${count === 1 ? one : many}`] : [];
  };
  const callMargin = () => {
    const link = document.querySelector(".margin__called");
    if (!link) return;
    const said = [...inMargin(".coach__remark", "hint", "hints"), ...inMargin(".alike__lesson", "lesson like it", "lessons like it")];
    link.textContent = said.join(", ");
    link.hidden = !said.length;
  };
  document.addEventListener("htmx:after:swap", callMargin);
  callMargin();

  // An unfolded part is written in at once.
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".desk__more[open]") && event.target.contains(document.activeElement)) {
      event.target.querySelector("textarea, input").focus();
    }
  }, { capture: true });
}
