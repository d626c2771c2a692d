// What is looked at on a page: axe, sideways scrolling, focus, weight, what the console says.
import { readFile } from "node:fs/promises";

const AXE = await readFile(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/// What axe finds, in its own words; `only` names single rules.
export async function axe(page, only) {
  // Through the debugger, so that the page's own policy stays as it is.
  await page.evaluate(AXE);
  // A mail stands within the landmarks of the program that shows it.
  const rules = page.url() === "about:blank" ? { region: { enabled: false }, "landmark-one-main": { enabled: false } } : {};
  const options = { resultTypes: ["violations"], rules, ...(only ? { runOnly: { type: "rule", values: only } } : {}) };
  const { violations } = await page.evaluate((options) => axe.run(document, options), options);
  return violations.flatMap((violation) => violation.nodes.map((node) =>
    `${violation.id}: ${violation.help}\n    ${node.html.slice(0, 160)}\n    ${(node.failureSummary ?? "").replace(/\s+/g, " ")}`));
}

/// axe in light, and what depends on colour again in dark.
export async function axeInBothThemes(page) {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await axe(page);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await axe(page, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  return [...light, ...dark.map((words) => `dark: ${words}`)];
}

/// Elements that stick out of a page 320 px wide.
export async function sideways(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const found = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1);
    const innermost = out.filter((element) => !out.some((other) => other !== element && element.contains(other)));
    return [`${document.documentElement.scrollWidth} px wide: ${innermost.slice(0, 4).map((element) => element.outerHTML.slice(0, 140)).join("\n    ")}`];
  });
  await page.setViewportSize(before);
  return found;
}

/// Listens to a page for what should never be said; `heard()` gives and forgets it.
export function listen(page) {
  let heard = [];
  page.on("pageerror", (error) => {
    // A page that is left while it fades in: Chromium's own words, nothing is broken.
    if (!/^Transition was (aborted|skipped)/.test(error.message)) heard.push(`error: ${error.message}`);
  });
  page.on("console", (message) => {
    const text = message.text();
    // Chromium says so of every page that is an error by intention.
    if (message.type() === "error" && !/status of 4\d\d/.test(text)) heard.push(`console: ${text}`);
  });
  return () => heard.splice(0);
}

/// Everything that a first load fetches, in bytes over the wire.
export async function weight(browser, site, path, who) {
  const context = await browser.newContext();
  if (who) await site.signIn(context, who);
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  await debug.send("Network.enable");
  await debug.send("Network.setCacheDisabled", { cacheDisabled: true });
  const parts = new Map();
  const names = new Map();
  debug.on("Network.responseReceived", (event) => names.set(event.requestId, event.response.url));
  debug.on("Network.loadingFinished", (event) => parts.set(names.get(event.requestId) ?? event.requestId, event.encodedDataLength));
  await page.goto(site.url + path, { waitUntil: "load" });
  await page.waitForTimeout(300);
  await context.close();
  const total = [...parts.values()].reduce((sum, bytes) => sum + bytes, 0);
  const list = [...parts].sort((one, other) => other[1] - one[1]).slice(0, 6).map(([url, bytes]) => `${bytes} ${url.replace(site.url, "")}`);
  return { total, list };
}

/// Walks the page by Tab; what cannot be reached, and what shows no focus.
export async function byTab(page) {
  await page.evaluate(() => {
    window.reached = new Set();
    window.lastReached = null;
    document.activeElement?.blur();
    window.scrollTo(0, 0);
  });
  const wanted = await page.evaluate(() => {
    const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0 && !element.closest("[inert]");
    window.wanted = [...document.querySelectorAll(selector)].filter(isSeen);
    return window.wanted.length;
  });
  const wrong = new Set();
  for (let n = 0; n < wanted * 2 + 20; n++) {
    await page.keyboard.press("Tab");
    const said = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return { end: window.reached.size > 0 };
      // Dates have several stops within one field.
      if (window.lastReached === element) return {};
      window.lastReached = element;
      if (window.reached.has(element)) return { end: true };
      window.reached.add(element);
      const style = getComputedStyle(element);
      const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
      const box = element.getBoundingClientRect();
      const isOnScreen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const words = element.outerHTML.slice(0, 140);
      if (!isOnScreen) return { wrong: `has the focus and is not on the screen: ${words}` };
      return isOutlined || style.boxShadow !== "none" ? {} : { wrong: `shows no focus: ${words}` };
    });
    if (said.wrong) wrong.add(said.wrong);
    if (said.end) break;
  }
  const missed = await page.evaluate(() => {
    // Of radio buttons with one name the Tab key comes to one.
    const groups = new Set([...window.reached].filter((element) => element.type === "radio").map((element) => element.name));
    return window.wanted.filter((element) => !window.reached.has(element) && !(element.type === "radio" && groups.has(element.name))).map((element) => element.outerHTML.slice(0, 140));
  });
  return [...wrong, ...missed.map((words) => `cannot be reached by Tab: ${words}`)];
}

/// Fails with what was found, page by page.
export function nothing(found) {
  const lines = [...found].filter(([, words]) => words.length > 0).map(([path, words]) => `${path}\n  ${[...new Set(words)].join("\n  ")}`);
  if (lines.length > 0) throw new Error(lines.join("\n"));
}
