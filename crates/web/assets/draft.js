// Keeps the draft of a study while it is being written. Without it, the buttons do the same.
(() => {
  "use strict";
  const form = document.getElementById("study-form");
  const status = document.getElementById("draft-status");
  if (!form || !status || !window.fetch) return;
  const wait = 3000;
  let timer = 0, sending = false, dirty = false, leaving = false;

  const isChoice = (name) => name.startsWith("settle-");
  const say = (words) => { if (status.textContent !== words) status.textContent = words; };
  const later = (delay) => { clearTimeout(timer); timer = setTimeout(save, delay); };

  function show(visible) {
    const seen = new Set(visible);
    form.querySelectorAll("[data-question]").forEach((part) => {
      part.hidden = !seen.has(part.dataset.question);
    });
    form.querySelectorAll("[data-section]").forEach((part) => {
      const questions = part.querySelectorAll("[data-question]");
      if (questions.length) part.hidden = [...questions].every((question) => question.hidden);
    });
  }

  async function save() {
    if (sending || leaving) return later(wait);
    sending = true;
    dirty = false;
    say(form.dataset.waiting);
    try {
      const body = new URLSearchParams(new FormData(form));
      // Choosing between two texts changes the page: that is for the buttons.
      [...body.keys()].filter(isChoice).forEach((name) => body.delete(name));
      const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" }, redirect: "manual" });
      const said = answer.headers.get("content-type")?.includes("json") ? await answer.json() : null;
      if (!said) throw new Error("no answer");
      if (answer.ok) {
        form.elements.base.value = said.base;
        show(said.visible);
      } else {
        dirty = true;
      }
      say(said.words);
      if (answer.status === 401) later(20000);
    } catch {
      dirty = true;
      say(form.dataset.failed);
      later(10000);
    } finally {
      sending = false;
    }
  }

  form.addEventListener("input", (event) => {
    if (isChoice(event.target.name)) return;
    dirty = true;
    later(["radio", "checkbox"].includes(event.target.type) ? 300 : wait);
  });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });
})();
