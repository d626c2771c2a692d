// Fetches what is personal, for it never travels on the shared line. What one is typing, one's focus and open menus stay.
const fetching = new Map(); // id → the fetch under way, and whether it has to be done once more
const DRAGGING = 100; // ms between looks at whether a drag is over
const SPREAD = 3000; // ms over which pages fetch anew what is on many of them: a name

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

/** Whether something on this page was typed or chosen and not sent. */
export function isWriting() {
  return [...document.querySelectorAll("#main :is(textarea, input, select)")].some(isChanged);
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
  return field.type !== "hidden" && field.value !== field.defaultValue;
}

/** Fetches `path` (empty: this page) and replaces the element with this id by the one in the answer, or with `data-each`
 * what fits that selector, piece by piece; done when what is shown is new. One request at a time; never under a drag, and
 * the whole main part never under what somebody is writing. */
export function refetch({ id, dataset }, path = dataset.refetch) {
  const each = dataset.each ?? "";
  const key = `${id} ${each}`;
  const under = fetching.get(key);
  if (under) under.again = true;
  else fetching.set(key, { again: true, done: fetchAll(key, id, path, each) });
  return fetching.get(key).done;
}

async function fetchAll(key, id, path, each) {
  await new Promise((done) => setTimeout(done, each ? SPREAD * Math.random() : 0)); // what is under way is written down first
  const under = fetching.get(key);
  while (under.again) {
    under.again = false;
    while ("dragging" in document.body.dataset || (id === "main" && !each && isWriting())) await new Promise((done) => setTimeout(done, DRAGGING));
    await fetchInto(id, path, each).catch(() => {});
  }
  fetching.delete(key);
}

/** Something changed that what is being fetched may not hold yet. */
export function stale() {
  for (const under of fetching.values()) under.again = true;
}

async function fetchInto(id, path, each) {
  const from = new URL(path, location.href);
  if (path) from.searchParams.set("back", location.pathname + location.search);
  const answer = await fetch(from, { headers: { accept: "text/html" } });
  // One may not see this page any more: it says so itself.
  if (id === "main" && !each && [403, 404, 410].includes(answer.status)) return location.reload();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (each) return replaceEach(page, each);
  const [fresh, old] = [page.getElementById(id), document.getElementById(id)];
  if (fresh && old) replace(fresh, old);
}

/** What fits the selector, each by its like: the same among those within the element with the same id. */
function replaceEach(page, selector) {
  const within = (home) => [home, ...home.querySelectorAll(selector)].filter((one) => one.matches(selector) && one.closest("[id]") === home);
  for (const home of new Set([...document.querySelectorAll(selector)].map((one) => one.closest("[id]")))) {
    const twin = page.getElementById(home.id);
    const [olds, freshes] = [within(home), twin ? within(twin) : []];
    if (olds.length === freshes.length) olds.forEach((old, nth) => replace(freshes[nth], old));
  }
}

function replace(fresh, old) {
  const focus = keepTyped(old, fresh);
  keepOpen(old, fresh);
  old.replaceWith(fresh);
  focus();
  fresh.dispatchEvent(new CustomEvent("plenary:put", { bubbles: true, detail: { was: old } }));
}

/** What somebody is typing survives a replacement, with the key and the version it was begun from; so does their focus,
 * by the function this answers. */
export function keepTyped(old, fresh) {
  for (const field of old.querySelectorAll("textarea[id], input[id]:not([type=hidden])")) {
    const twin = fresh.querySelector(`#${CSS.escape(field.id)}`);
    if (!twin || field.value === field.defaultValue) continue;
    twin.value = field.value;
    for (const name of ["key", "version", "card"]) {
      if (field.form?.elements[name] && twin.form?.elements[name]) twin.form.elements[name].value = field.form.elements[name].value;
    }
  }
  keepChosen(old, fresh);
  const active = document.activeElement;
  if (!old.contains(active)) return () => {};
  const home = active.closest("[id]");
  const nth = home ? [...home.querySelectorAll(active.tagName)].indexOf(active) : -1;
  const [from, to] = [active.selectionStart, active.selectionEnd];
  return () => {
    const place = home && document.getElementById(home.id);
    const twin = home === active ? place : place?.querySelectorAll(active.tagName)[nth];
    // A button that cannot be pressed any more hands the focus to its neighbour.
    const wanted = twin?.disabled ? twin.parentElement.querySelector("button:not([disabled])") : twin;
    (wanted ?? place)?.focus({ preventScroll: true });
    if (from !== undefined && from !== null) wanted?.setSelectionRange?.(from, to);
  };
}

/** What was chosen and not sent, by the form it stands in. */
function keepChosen(old, fresh) {
  const like = (field) => [...fresh.querySelectorAll(field.localName)].find((one) =>
    one.name === field.name && one.form?.getAttribute("action") === field.form?.getAttribute("action") && (field.options || one.value === field.value));
  for (const field of old.querySelectorAll("select, input[type=radio], input[type=checkbox]")) {
    const twin = isChanged(field) ? like(field) : null;
    if (!twin) continue;
    if (field.options) twin.value = field.value;
    else twin.checked = field.checked;
  }
}

/** Menus that are open stay so, and branches as they were folded. */
function keepOpen(old, fresh) {
  for (const one of old.querySelectorAll("details[id]")) fresh.querySelector(`#${CSS.escape(one.id)}`)?.toggleAttribute("open", one.open);
  for (const one of old.querySelectorAll("[id] details[open]")) {
    const home = one.closest("[id]").id;
    fresh.querySelector(`#${CSS.escape(home)} details`)?.setAttribute("open", "");
  }
}
