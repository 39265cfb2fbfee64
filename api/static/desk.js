// Help while a practice is written: asks the server what is alike and what lacks once the person pauses, and keeps what
// was typed. Without it the buttons of the form do the same.
"use strict";

const PAUSE = 1200;
const KEEP_EVERY = 20000;

function start(form) {
  const panel = document.getElementById("help");
  const kept = document.getElementById("kept");
  let timer = 0;
  let asked = 0;
  let typed = false;

  function filled() {
    return new URLSearchParams(new FormData(form));
  }

  function take(button) {
    const [field, code] = button.value.split(":");
    const box = form.querySelector(`input[type=checkbox][name="${CSS.escape(field)}"][value="${CSS.escape(code)}"]`);
    if (!box) return false;
    box.checked = true;
    typed = true;
    ask(true);
    return true;
  }

  function show(words, focus) {
    const found = new DOMParser().parseFromString(words, "text/html");
    panel.replaceChildren(...found.body.childNodes);
    const title = panel.querySelector("#help-title");
    if (focus && title) {
      title.tabIndex = -1;
      title.focus();
    }
  }

  async function ask(focus) {
    const turn = ++asked;
    try {
      const answer = await fetch(form.dataset.help, { method: "POST", body: filled() });
      const words = answer.ok && !answer.redirected ? await answer.text() : "";
      // Who is reading the panel is not interrupted.
      if (words && turn === asked && (focus || !panel.contains(document.activeElement))) show(words, focus);
    } catch {
      // offline: the button checks when it is pressed
    }
  }

  async function keep(leaving) {
    if (!typed) return;
    typed = false;
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: filled(), keepalive: leaving });
      if (!answer.ok || answer.redirected) throw new Error("not kept");
      kept.textContent = (await answer.json()).words;
    } catch {
      typed = true; // the next turn tries again
    }
  }

  form.addEventListener("input", () => {
    typed = true;
    asked += 1;
    clearTimeout(timer);
    timer = setTimeout(() => ask(false), PAUSE);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=take]");
    if (button && take(button)) event.preventDefault();
  });
  form.addEventListener("submit", () => { typed = false; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(true); });
  setInterval(() => keep(false), KEEP_EVERY);
}

const practice = document.getElementById("practice");
if (practice) start(practice);
