// The room without reloads: who is here, a chat that stays at its end, and forms that are answered on the live line.
import { each } from "./parts.js";
import { words } from "./words.js";

const here = () => document.querySelector(".room[data-room]");

document.addEventListener("plenary:here", ({ detail }) => {
  const room = here();
  if (!room || detail.here?.room !== room.dataset.room) return;
  const count = room.querySelector("[data-here-count]");
  const names = room.querySelector("[data-here-names]");
  if (count) count.textContent = words(count, "here", detail.here.count);
  names?.replaceChildren(...detail.here.names.map((name) => Object.assign(document.createElement("li"), { textContent: name })));
});

/** One form, sent without leaving the page. What it changes comes back on the live line, to everybody alike. */
async function quick(event) {
  const form = event.target.closest("form[data-quick]");
  if (!form || !document.documentElement.dataset.live) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const sent = new URLSearchParams(new FormData(form, event.submitter));
  const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "x-plenary": "1", accept: "application/json" } }).catch(() => null);
  form.removeAttribute("aria-busy");
  form.querySelector("[data-wrong]")?.remove();
  if (answer?.ok) {
    for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) field.value = "";
    // The same words again are another thing said.
    if (form.elements.key) form.elements.key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    return;
  }
  const said = await answer?.json().catch(() => null);
  // Answered by a page: it says what happened. Not answered: what was typed stays.
  if (answer && !said?.wrong) return resend(form, event.submitter);
  const note = Object.assign(document.createElement("p"), { className: "error", textContent: said?.wrong ?? here()?.dataset.failed });
  note.dataset.wrong = "";
  note.setAttribute("role", "alert");
  form.append(note);
}

/** Past this module, with what the pressed button says. */
function resend(form, button) {
  if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  form.submit();
}

document.addEventListener("submit", (event) => here() && quick(event));

each(".room [data-chat]", (chat) => {
  const toEnd = () => (chat.scrollTop = chat.scrollHeight);
  let isAtEnd = true;
  toEnd();
  chat.addEventListener("scroll", () => (isAtEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 40));
  document.addEventListener("plenary:put", ({ target }) => isAtEnd && chat.contains(target) && toEnd());
});
