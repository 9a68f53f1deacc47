// The form for a piece of work: Ctrl+Enter sends it, once; what is too much for it is said before it
// is sent, so that nothing typed is lost.
{
  const form = document.getElementById("brief-form");
  const most = Number(form.dataset.most);
  const MOST_MB = 20;
  let sent = false;

  const say = (below, words) => {
    const id = `${below}-said`;
    let line = document.getElementById(id);
    if (!words) return line?.remove();
    if (!line) {
      line = Object.assign(document.createElement("p"), { id, className: "field__error" });
      line.setAttribute("role", "alert");
      document.getElementById(below).after(line);
    }
    line.textContent = words;
  };

  const excess = () => form.elements.work.value.length - most;

  form.addEventListener("input", () => { if (excess() <= 0) say("work", ""); });
  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    if (excess() <= 0) {
      sent = true;
      return;
    }
    event.preventDefault();
    const [length, limit] = [form.elements.work.value.length, most].map((n) => n.toLocaleString("en"));
    say("work", `This is ${length} characters long, and a brief reads at most ${limit}, some sixty pages. It is all still here: keep the part that says what will be done, with what and where.`);
    form.elements.work.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  // Back in the form, it may be sent again.
  window.addEventListener("pageshow", () => { sent = false; });

  // Captured, so that a file which is too large is not sent to be read.
  form.addEventListener("change", (event) => {
    if (event.target.id !== "plan") return;
    const tooLarge = event.target.files[0]?.size > MOST_MB * 1_000_000;
    say("plan", tooLarge ? `This file is larger than ${MOST_MB} MB. Choose the part that says what will be done, or paste it.` : "");
    if (!tooLarge) return;
    event.target.value = "";
    event.stopImmediatePropagation();
  }, { capture: true });

  // The answer takes the field's place, with what was typed in it; any other answer (signed out, too
  // large, out of order) must not.
  const [READ, REFUSED] = [200, 422];
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceElement?.id !== "plan") return;
    if ([READ, REFUSED].includes(ctx.response.status) && !ctx.hx?.redirect) return;
    event.preventDefault();
    document.getElementById("plan").value = "";
    const why = ctx.hx?.redirect ? "You are signed out: sign in in another tab, then choose it again." : ctx.response.status === 413 ? "It is larger than can be sent." : "Try again in a minute, or paste its text.";
    say("plan", `The plan could not be read. ${why} What you typed is still here.`);
  });
}
