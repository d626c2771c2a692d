// Cards by mouse or pen: dragged onto a group, out of it, or onto the place for a new group. By finger and by keyboard
// there is "Move to…": a finger scrolls.
import { fail, send } from "./board.js";
import { begin, end } from "./put.js";
import { refetch } from "./refetch.js";

const NEAR = 6; // pixels before a press becomes a drag
let drag = null;

function placeAt(x, y) {
  const place = document.elementFromPoint(x, y)?.closest("[data-group]");
  return place && drag.panel.contains(place) ? place : null;
}

const listOf = (place) => (place.matches("ul") ? place : place.querySelector("ul"));

const after = (list, key) => [...list.children].find((child) => (child.dataset.key ?? "") > key) ?? null;

function start() {
  drag.live = true;
  begin(drag.card.id); // whoever else moves it meanwhile: here it is held
  document.body.dataset.dragging = "";
  drag.gap = Object.assign(document.createElement("li"), { className: "drop-place", ariaHidden: "true" });
  drag.gap.dataset.key = drag.card.dataset.key;
  drag.ghost = drag.card.cloneNode(true);
  drag.ghost.removeAttribute("id");
  drag.ghost.classList.add("is-ghost");
  drag.ghost.style.inlineSize = `${drag.card.offsetWidth}px`;
  document.body.append(drag.ghost);
  drag.card.classList.add("is-dragged");
}

function show(place) {
  if (place === drag.place) return;
  drag.place?.classList.remove("is-over");
  drag.gap.remove();
  drag.place = place;
  place?.classList.add("is-over");
  const list = place && listOf(place);
  if (list && list !== drag.card.parentElement) list.insertBefore(drag.gap, after(list, drag.card.dataset.key));
}

document.addEventListener("pointerdown", (event) => {
  const card = event.target.closest?.("[data-card]");
  const panel = card?.closest('[data-phase="group"]:not(.only-reads)');
  if (!panel || event.pointerType === "touch" || event.button || event.target.closest("a, button, form")) return;
  drag = { card, panel, x: event.clientX, y: event.clientY };
  event.preventDefault(); // no text is selected under a drag
});

document.addEventListener("pointermove", (event) => {
  if (!drag || (!drag.live && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < NEAR)) return;
  if (!drag.live) start();
  drag.ghost.style.translate = `${event.clientX}px ${event.clientY}px`;
  show(placeAt(event.clientX, event.clientY));
});

function stop() {
  const done = drag;
  drag = null;
  delete document.body.dataset.dragging;
  done.place?.classList.remove("is-over");
  done.gap?.remove();
  done.ghost?.remove();
  done.card.classList.remove("is-dragged");
  return done;
}

function cancel() {
  const { card, live } = stop();
  if (live) end(card.id, 0);
}

async function drop() {
  const isNew = drag.place?.dataset.group === "new";
  const list = drag.live && drag.place && !isNew && listOf(drag.place);
  if (isNew && drag.live) {
    // The group has no name yet: it is asked for, and takes the card along.
    drag.place.elements.card.value = drag.card.dataset.card;
    drag.place.elements.text.focus();
  }
  if (!list || list === drag.card.parentElement) return cancel();
  const { card, panel, place } = stop();
  // At once where it was dropped; nothing older takes it back.
  list.insertBefore(card, after(list, card.dataset.key));
  const fields = new URLSearchParams({ do: "move", to: place.dataset.group });
  const said = await send(panel, `/boards/${panel.dataset.board}/cards/${card.dataset.card}`, fields);
  end(card.id, said.n ?? 0);
  if (said.wrong || !document.documentElement.dataset.live) await refetch(panel, `/boards/${panel.dataset.board}/panel`);
  if (said.wrong) fail(document.getElementById(panel.id) ?? panel, said.wrong);
}

document.addEventListener("pointerup", () => drag && drop());
document.addEventListener("pointercancel", () => drag && cancel());
document.addEventListener("keydown", (event) => drag && event.key === "Escape" && cancel());
