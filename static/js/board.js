// A Board by mouse and touch: forms are sent in place, and a card dragged onto a group goes there. The same forms work
// by keyboard and without this module.
import { refetch } from "./put.js";

const NEAR = 6; // pixels before a press becomes a drag
let drag = null;

const panelOf = (element) => element.closest?.("[data-board]");

async function send(panel, action, fields) {
  const answer = await fetch(action, { method: "POST", body: fields, redirect: "manual" }).catch(() => null);
  // A refusal is shown as the page shows it, with its words; what was typed is kept there.
  if (!answer || (answer.type !== "opaqueredirect" && !answer.ok)) return false;
  await refetch(panel);
  return true;
}

document.addEventListener("submit", async (event) => {
  const panel = panelOf(event.target);
  if (!panel) return;
  event.preventDefault();
  const form = event.target;
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  const back = event.submitter?.id || form.querySelector("textarea")?.id;
  if (!(await send(panel, form.action, fields))) {
    if (event.submitter?.name) {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name: event.submitter.name, value: event.submitter.value });
      form.append(input);
    }
    return form.submit();
  }
  if (form.matches(".composer")) {
    const text = document.getElementById(back);
    if (text) { text.value = ""; text.focus(); }
  }
});

function over(x, y) {
  return document.elementFromPoint(x, y)?.closest("[data-group]");
}

document.addEventListener("pointerdown", (event) => {
  const card = event.target.closest?.("[data-card]");
  const panel = card && panelOf(card);
  if (panel?.dataset.phase !== "group" || event.target.closest("a, button, summary, form, details") || event.button) return;
  drag = { card, panel, x: event.clientX, y: event.clientY, live: false };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.live && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < NEAR) return;
  drag.live = true;
  document.body.dataset.dragging = "";
  drag.card.classList.add("is-dragged");
  const place = over(event.clientX, event.clientY);
  for (const one of drag.panel.querySelectorAll(".is-over")) one.classList.toggle("is-over", one === place);
  place?.classList.add("is-over");
  event.preventDefault();
});

async function drop(event) {
  const done = drag;
  drag = null;
  delete document.body.dataset.dragging;
  if (!done?.live) return;
  done.card.classList.remove("is-dragged");
  for (const one of done.panel.querySelectorAll(".is-over")) one.classList.remove("is-over");
  const place = event.type === "pointerup" && over(event.clientX, event.clientY);
  if (!place || !done.panel.contains(place)) return refetch(done.panel);
  // At once where it was dropped; the answer confirms it.
  (place.matches("ul") ? place : place.querySelector("ul"))?.append(done.card);
  const board = done.panel.dataset.board;
  await send(done.panel, `/boards/${board}/cards/${done.card.dataset.card}`, new URLSearchParams({ do: "move", to: place.dataset.group }));
}

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);
