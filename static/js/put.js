// Puts things that arrive on the live line where a reload would show them. What one is reading or typing never moves:
// what would move it is held back behind a quiet "1 new reply".
import { announce } from "./announce.js";
import { keepTyped, parse, refetch } from "./refetch.js";
import { words } from "./words.js";

const held = new Map(); // id of the element → the thing

const busy = new Map(); // id of an element that the reader's own change is under way to → what came for it meanwhile

/** From now on nothing is put in place of this element: the reader's own change is on its way. */
export function begin(id) {
  busy.set(id, null);
}

/** The change is entry `number` (0: it was refused): what came meanwhile is put now, unless it is older. */
export function end(id, number) {
  const waiting = busy.get(id);
  busy.delete(id);
  const element = document.getElementById(id);
  if (element && number) element.dataset.n = number;
  if (waiting) put(waiting.thing, waiting.number, waiting.room);
}

/** Whether a page shows only a part of its Topic, and this thing stands outside it. */
function isElsewhere(list, key) {
  const page = list?.closest("[data-last]");
  return !list || (page && ((page.dataset.last && key > page.dataset.last) || (page.dataset.first && key < page.dataset.first && !list.id.startsWith("topics"))));
}

function successor(list, key) {
  return [...list.children].find((child) => (child.dataset.key ?? "") > key) ?? null;
}

/** Whether something on the screen would move if this were put here now. */
function wouldMove(list, next) {
  const composer = document.querySelector("[data-composer]");
  const writing = composer?.querySelector("textarea")?.value;
  // A list without anything, or folded, has no box of its own: its Post's end is where it will be.
  const end = list.getClientRects().length ? list : list.closest(".post") ?? list;
  const top = next ? next.getBoundingClientRect().top : end.getBoundingClientRect().bottom;
  if (top >= innerHeight) return false;
  const isEnd = !next && !list.closest("li")?.nextElementSibling;
  return !(isEnd && !writing && top > 0);
}

function announcePut(element, thing) {
  element.dispatchEvent(new CustomEvent("plenary:put", { bubbles: true }));
  if ("refetch" in element.dataset) refetch(element);
  for (const inner of element.querySelectorAll("[data-refetch]")) refetch(inner);
  if (thing.say) announce(thing.say);
}

function replace(old, thing) {
  const fresh = parse(thing.html);
  // What is personal is fetched first and put then: nothing flickers.
  if ("refetch" in fresh.dataset) return !fresh.dataset.each || document.querySelector(fresh.dataset.each) ? refetch(fresh) : undefined;
  for (const list of old.querySelectorAll("[data-keep]")) {
    const twin = list.id && fresh.querySelector(`#${CSS.escape(list.id)}`);
    if (twin) twin.replaceWith(list);
  }
  if (!old.classList.contains("is-pending")) fresh.classList.toggle("is-new", old.classList.contains("is-new"));
  const focus = keepTyped(old, fresh);
  const folds = [...old.querySelectorAll("details[id]")].map((one) => [one.id, one.open]);
  old.replaceWith(fresh);
  for (const [id, open] of folds) document.getElementById(id)?.toggleAttribute("open", open);
  const list = (thing.list && document.getElementById(thing.list)) || null;
  if (list) {
    const next = successor(list, thing.key);
    if (list !== fresh.parentElement || (next !== fresh.nextElementSibling && next !== fresh)) list.insertBefore(fresh, next);
  }
  focus();
  announcePut(fresh, thing);
}

/** Takes an element out. A list that shows the first few only gets the next one. */
function leave(element) {
  const list = element?.parentElement;
  element?.remove();
  if (list?.dataset.most) refetch(list, "");
}

function insert(list, thing) {
  const element = parse(thing.html);
  const focus = [];
  // What it brings along is not there twice; whoever has the focus in it keeps it.
  for (const inner of element.querySelectorAll("[data-key][id]")) {
    const old = document.getElementById(inner.id);
    if (old) focus.push(keepTyped(old, inner));
    old?.remove();
  }
  list.insertBefore(element, successor(list, thing.key));
  while (list.dataset.most && list.children.length > list.dataset.most) list.lastElementChild.remove();
  for (const back of focus) back();
  announcePut(element, thing);
}

/** Applies one thing, as it is at entry `number` of the Room. */
export function put(thing, number = 0, room = "") {
  if (busy.has(thing.id)) return busy.set(thing.id, { thing, number, room });
  const old = document.getElementById(thing.id);
  if (Number(old?.dataset.n ?? 0) > Number(number)) return;
  if (thing.gone) return held.delete(thing.id) ? pills() : leave(old);
  if (old) return replace(old, thing);
  if (!thing.list) return;
  const direct = document.getElementById(thing.list);
  if (direct && "direct" in direct.dataset) return insert(direct, thing);
  // Only what belongs to this page waits; a notice on its way to another page's list is nothing to wait for.
  if (!direct && document.querySelector("[data-holds]")?.dataset.holds !== room) return;
  const list = direct ?? held.get(`p${thing.list.slice(1)}`)?.host;
  if (held.has(`p${thing.list.slice(1)}`) || (!isElsewhere(list, thing.key) && !mayPut(list, thing))) return hold(thing);
  if (isElsewhere(list, thing.key)) return hold({ ...thing, elsewhere: true });
  insert(list, thing);
}

function mayPut(list, thing) {
  return document.querySelector(".is-pending") || !wouldMove(list, successor(list, thing.key));
}

function hold(thing) {
  held.set(thing.id, thing);
  if (thing.say) announce(thing.say);
  pills();
}

/** Opens the branches that something stands in. */
export function unfold(element) {
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

/** What says of a thing that it waits: the part of the page that its list is in. */
function hostOf(thing) {
  return document.getElementById(thing.list)?.closest("[data-pill-one]") ?? document.querySelector("[data-pill-one]");
}

/** The quiet words that say how much waits, in each part of the page. */
function pills() {
  for (const host of document.querySelectorAll("[data-pill-one]")) {
    const waiting = [...held.values()].filter((thing) => hostOf(thing) === host).length;
    let button = host.querySelector(":scope > [data-pill]");
    if (!waiting) button?.remove();
    else if (!button) {
      button = Object.assign(document.createElement("button"), { type: "button", className: "new-replies" });
      button.dataset.pill = "";
      button.addEventListener("click", () => show(host));
      host.append(button);
    }
    if (waiting) button.textContent = words(host, "pill", waiting);
  }
}

// What came another way waits no more.
document.addEventListener("plenary:put", () => {
  const came = [...held.keys()].filter((id) => document.getElementById(id));
  for (const id of came) held.delete(id);
  if (came.length) pills();
});

/** Puts what waited; goes to the first of it. */
function show(host) {
  const things = [...held.values()].filter((thing) => hostOf(thing) === host).sort((one, other) => (one.key < other.key ? -1 : 1));
  for (const thing of things) held.delete(thing.id);
  let first = null;
  for (const thing of things) {
    const list = document.getElementById(thing.list);
    if (thing.elsewhere || !list) {
      location.href = `?post=${thing.id.slice(1)}#${thing.id}`;
      return;
    }
    insert(list, { ...thing, say: undefined });
    first ??= document.getElementById(thing.id);
  }
  unfold(first);
  pills();
  first?.scrollIntoView({ block: "center" });
}
