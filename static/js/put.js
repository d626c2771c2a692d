// Puts things that arrive on the live line where a reload would show them. What one is reading or typing never moves:
// what would move it is held back behind a quiet "1 new reply".
import { announce } from "./announce.js";
import { words } from "./words.js";

const held = new Map(); // id of the element → the thing

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
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
  const writing = composer && (composer.contains(document.activeElement) || composer.querySelector("textarea")?.value);
  const top = next ? next.getBoundingClientRect().top : list.getBoundingClientRect().bottom;
  if (top >= innerHeight) return false;
  const isEnd = !next && !list.closest("li")?.nextElementSibling;
  return !(isEnd && !writing && top > 0);
}

function announcePut(element, thing) {
  element.dispatchEvent(new CustomEvent("plenary:put", { bubbles: true }));
  if (element.dataset.refetch) refetch(element);
  for (const inner of element.querySelectorAll("[data-refetch]")) refetch(inner);
  if (thing.say) announce(thing.say);
}

const fetching = new Map(); // id → whether it has to be fetched once more

/** Fetches what is personal, for it never travels on the shared line. One request at a time; never under a drag. */
export async function refetch(element) {
  const { id } = element;
  if (fetching.has(id)) return fetching.set(id, true);
  fetching.set(id, false);
  await fetchInto(element).catch(() => {});
  const again = fetching.get(id);
  fetching.delete(id);
  const now = document.getElementById(id);
  if (again && now) await refetch(Object.assign(now.cloneNode(false), { id }));
}

async function fetchInto(element) {
  while ("dragging" in document.body.dataset) await new Promise((done) => setTimeout(done, 100));
  const path = element.dataset.refetch ?? `/boards/${element.dataset.board}/panel`;
  const answer = await fetch(`${path}?back=${encodeURIComponent(location.pathname + location.search)}`, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = parse(await answer.text());
  const old = document.getElementById(element.id);
  if (!fresh || !old) return;
  keepTyped(old, fresh);
  keepOpen(old, fresh);
  old.replaceWith(fresh);
  fresh.dispatchEvent(new CustomEvent("plenary:put", { bubbles: true }));
}

/** What somebody is typing, and where their focus is, survives a replacement. */
function keepTyped(old, fresh) {
  for (const field of old.querySelectorAll("textarea[id], input[id]:not([type=hidden])")) {
    const twin = fresh.querySelector(`#${CSS.escape(field.id)}`);
    if (!twin || (field.value === field.defaultValue && field !== document.activeElement)) continue;
    twin.value = field.value;
    if (field === document.activeElement) queueMicrotask(() => { twin.focus({ preventScroll: true }); twin.setSelectionRange?.(field.selectionStart, field.selectionEnd); });
  }
}

/** Menus that are open stay so. */
function keepOpen(old, fresh) {
  for (const one of old.querySelectorAll("[id] details[open]")) {
    const home = one.closest("[id]").id;
    fresh.querySelector(`#${CSS.escape(home)} details`)?.setAttribute("open", "");
  }
}

function replace(old, thing) {
  const fresh = parse(thing.html);
  // What is personal is fetched first and put then: nothing flickers.
  if (fresh.dataset.refetch) return refetch(fresh);
  for (const list of old.querySelectorAll("[data-keep]")) {
    const twin = list.id && fresh.querySelector(`#${CSS.escape(list.id)}`);
    if (twin) twin.replaceWith(list);
  }
  if (!old.classList.contains("is-pending")) fresh.classList.toggle("is-new", old.classList.contains("is-new"));
  keepTyped(old, fresh);
  const open = [...old.querySelectorAll("details[open]")].map((one) => one.id).filter(Boolean);
  old.replaceWith(fresh);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (thing.list && fresh.parentElement?.id === thing.list) {
    const next = successor(fresh.parentElement, thing.key);
    if (next !== fresh.nextElementSibling && next !== fresh) fresh.parentElement.insertBefore(fresh, next);
  }
  announcePut(fresh, thing);
}

function insert(list, thing) {
  const element = parse(thing.html);
  list.insertBefore(element, successor(list, thing.key));
  announcePut(element, thing);
}

/** Applies one thing. */
export function put(thing) {
  const old = document.getElementById(thing.id);
  if (thing.gone) return held.delete(thing.id) || old?.remove();
  if (old) return replace(old, thing);
  if (!thing.list) return;
  const list = document.getElementById(thing.list) ?? held.get(`p${thing.list.slice(1)}`)?.host;
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
  pill();
}

/** The quiet words that say how much waits. */
function pill() {
  const host = document.querySelector("[data-pill-one]");
  let button = document.getElementById("pill");
  const waiting = held.size;
  if (!host || !waiting) return button?.remove();
  if (!button) {
    button = document.createElement("button");
    button.id = "pill";
    button.type = "button";
    button.className = "new-replies";
    button.addEventListener("click", show);
    host.append(button);
  }
  button.textContent = words(host, "pill", waiting);
}

/** Puts what waited; goes to the first of it. */
function show() {
  const things = [...held.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  held.clear();
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
  pill();
  first?.scrollIntoView({ block: "center" });
}
