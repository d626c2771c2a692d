// What somebody has who sees no screen and holds no mouse: the keyboard, and what Chromium's accessibility tree says.

const PATIENCE = 10_000;
const PAUSE = 50;

/** Asks until the answer is there: the accessibility tree tells nobody when it changes. */
async function until(ask, words) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const { answer, now } = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${words}; now: ${now}`);
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}

const fits = (wanted, text) => (wanted instanceof RegExp ? wanted.test(text) : wanted === text);

/// A page by keyboard and by its accessibility tree.
export async function ear(page) {
  const debug = await page.context().newCDPSession(page);

  /** An element as the tree has it: `{ role, name, description, …properties }`. */
  async function described(expression) {
    const { result } = await debug.send("Runtime.evaluate", { expression });
    if (!result.objectId) return { role: "nothing", name: "" };
    const { nodes } = await debug.send("Accessibility.getPartialAXTree", { objectId: result.objectId, fetchRelatives: false });
    const node = nodes[0];
    const properties = Object.fromEntries((node?.properties ?? []).map((one) => [one.name, one.value.value]));
    return { role: node?.role?.value ?? "none", name: node?.name?.value ?? "", description: node?.description?.value ?? "", ...properties };
  }

  const focus = () => described("document.activeElement");
  const shows = (one) => `${one.role} “${one.name}”`;

  /** All nodes of a role below the document, with their names. */
  async function all(role) {
    const { root } = await debug.send("DOM.getDocument", { depth: 0 });
    const { nodes } = await debug.send("Accessibility.queryAXTree", { nodeId: root.nodeId, role });
    return nodes.filter((node) => !node.ignored).map((node) => node.name?.value ?? "");
  }

  return {
    page,
    focus,
    all,
    press: (keys) => page.keyboard.press(keys),
    type: (text) => page.keyboard.type(text),
    /// The focus is, or soon comes, on this.
    async on(role, name) {
      return until(async () => {
        const one = await focus();
        return { answer: one.role === role && fits(name, one.name) && one, now: shows(one) };
      }, `the focus is on ${role} “${name}”`);
    },
    /// Presses Tab until the focus is on this; what it is.
    async tabTo(role, name, key = "Tab") {
      const passed = [];
      for (let n = 0; n < 250; n += 1) {
        await page.keyboard.press(key);
        const one = await focus();
        if (one.role === role && fits(name, one.name)) return one;
        passed.push(shows(one));
      }
      throw new Error(`the focus never came to ${role} “${name}”; it passed\n${[...new Set(passed)].slice(0, 60).join("\n")}`);
    },
    /// What a live region says, or soon says; that it is one, the tree says too.
    async hears(words, region = "#announcer", live = "polite") {
      await until(async () => {
        const { result } = await debug.send("Runtime.evaluate", { expression: `document.querySelector(${JSON.stringify(region)})?.textContent ?? ""` });
        return { answer: fits(words, result.value), now: result.value };
      }, `${region} says ${words}`);
      const node = await described(`document.querySelector(${JSON.stringify(region)})`);
      if (node.live !== live) throw new Error(`${region} is no live region: ${JSON.stringify(node)}`);
    },
    /// A node of a role with this name is there, or soon.
    has(role, name) {
      return until(async () => {
        const names = await all(role);
        return { answer: names.some((one) => fits(name, one)), now: names.join(", ") };
      }, `there is ${role} “${name}”`);
    },
    /// No node of this role is there, or soon none.
    lacks(role) {
      return until(async () => {
        const names = await all(role);
        return { answer: names.length === 0, now: names.join(", ") };
      }, `there is no ${role}`);
    },
    /// Presses a key and waits for the page that it leads to.
    async follow(keys, url) {
      await Promise.all([page.waitForURL(url), page.keyboard.press(keys)]);
      await page.waitForLoadState();
    },
  };
}
