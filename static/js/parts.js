// Parts of a page that come alive: those that are there, and those that the live line puts there later.

/** Starts each element that fits the selector, once. */
export function each(selector, start) {
  const started = new WeakSet();
  const look = (root) => {
    for (const one of [root, ...root.querySelectorAll(selector)]) {
      if (started.has(one) || !one.matches?.(selector)) continue;
      started.add(one);
      start(one);
    }
  };
  look(document);
  document.addEventListener("plenary:put", ({ target }) => look(target));
}
