import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const name = "axe finds nothing, nothing scrolls sideways, and pages stay light";

/** Addresses to look at: those without an object, and one of each kind that pages link to. */
const PLAIN = ["/", "/spaces", "/register", "/sign-in", "/organisations", "/people", "/settings", "/admin/people", "/nowhere"];

async function check(page, path) {
  // Evaluated through the debugger, so the policy against inline script stays as strict as for everybody.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const said = violations.map((one) => `${one.id}: ${one.help}\n    ${one.nodes.slice(0, 3).map((node) => node.html).join("\n    ")}`);
  if (said.length) throw new Error(`${path}\n  ${said.join("\n  ")}`);
  const { width, wide } = await page.evaluate(() => ({ width: innerWidth, wide: document.documentElement.scrollWidth }));
  if (wide > width) throw new Error(`${path} is ${wide} px wide in a window of ${width}`);
}

export async function run({ site, as }) {
  const found = new Set(PLAIN);
  for (const [who, colorScheme, width] of [[null, "light", 1280], ["member", "dark", 320], ["facilitator", "light", 320], ["admin", "dark", 1280]]) {
    const page = await as(who, { colorScheme, viewport: { width, height: 800 } });
    for (const path of [...found]) {
      await page.goto(site.url + path);
      await check(page, `${path} as ${who ?? "visitor"}`);
      if (!who && path === "/") {
        const bytes = await page.evaluate(() => performance.getEntries().reduce((sum, one) => sum + (one.transferSize ?? 0), 0));
        if (bytes > 100_000) throw new Error(`the first load weighs ${bytes} bytes`);
      }
      // One example of each kind of thing that is linked to.
      const links = await page.evaluate(() => [...document.querySelectorAll("main a[href^='/']")].map((link) => link.getAttribute("href").split("#")[0]));
      for (const link of links) {
        const kind = link.replace(/\d+(\/[^/?]*)?/g, "N").replace(/\/people\/[^/]+/, "/people/N").split("?")[0];
        const known = [...found].map((one) => one.replace(/\d+(\/[^/?]*)?/g, "N").replace(/\/people\/[^/]+/, "/people/N").split("?")[0]);
        if (!known.includes(kind) && !/^\/(mail|styleguide|static|demo)/.test(link)) found.add(link);
      }
    }
    const menu = page.locator("details.account summary");
    if (await menu.count()) {
      await page.goto(site.url);
      await menu.click();
      await check(page, `the account menu as ${who}`);
    }
  }
  // Forms in error.
  const visitor = await as(null);
  for (const path of ["/register", "/sign-in"]) {
    await visitor.goto(site.url + path);
    await visitor.click("main button.main");
    await visitor.waitForSelector(".errors");
    await check(visitor, `${path} in error`);
  }
}
