// Fetches what is personal, for it never travels on the shared line. What one is typing, one's focus and open menus stay.
const fetching = new Map(); // id → the fetch under way, and whether it has to be done once more
const DRAGGING = 100; // ms between looks at whether a drag is over

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

/** Fetches `path` (empty: this page) and replaces the element with this id by the one in the answer; done when what is
 * shown is new. One request at a time; never under a drag. */
export function refetch({ id, dataset }, path = dataset.refetch) {
  const under = fetching.get(id);
  if (under) under.again = true;
  else fetching.set(id, { again: true, done: fetchAll(id, path) });
  return fetching.get(id).done;
}

async function fetchAll(id, path) {
  await null; // what is under way is written down first
  const under = fetching.get(id);
  while (under.again) {
    under.again = false;
    while ("dragging" in document.body.dataset) await new Promise((done) => setTimeout(done, DRAGGING));
    await fetchInto(id, path).catch(() => {});
  }
  fetching.delete(id);
}

/** Something changed that what is being fetched may not hold yet. */
export function stale() {
  for (const under of fetching.values()) under.again = true;
}

async function fetchInto(id, path) {
  const from = new URL(path, location.href);
  if (path) from.searchParams.set("back", location.pathname + location.search);
  const answer = await fetch(from, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  const old = document.getElementById(id);
  if (!fresh || !old) return;
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

/** Menus that are open stay so. */
function keepOpen(old, fresh) {
  for (const one of old.querySelectorAll("[id] details[open]")) {
    const home = one.closest("[id]").id;
    fresh.querySelector(`#${CSS.escape(home)} details`)?.setAttribute("open", "");
  }
}
