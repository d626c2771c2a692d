// Everything on a page is reached by Tab, with the focus to be seen.
import { crawl } from "../crawl.mjs";
import { byTab, nothing } from "../look.mjs";

export const name = "by keyboard alone";

export async function run({ site, as, step }) {
  for (const who of [undefined, "member", "admin"]) {
    await step(`as ${who ?? "visitor"}: everything is reached by Tab, with a visible focus`, async () => {
      const found = new Map();
      const kinds = new Set();
      await crawl(site, await as(who, { viewport: { width: 1200, height: 900 }, reducedMotion: "reduce" }), async (page, path, template) => {
        if (kinds.has(template)) return;
        kinds.add(template);
        found.set(path, await byTab(page));
      });
      nothing(found);
    });
  }

  await step("a member replies without a mouse", async () => {
    const context = await as("member", { reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(`${site.url}/spaces`);
    const space = await page.locator("main a[href^='/spaces/']").first().getAttribute("href");
    await page.goto(site.url + space);
    const topic = await page.locator("main a[href^='/topics/']").first().getAttribute("href");
    await page.goto(site.url + topic);
    const words = `Written by keyboard ${Date.now()}`;
    await tabTo(page, (role, label) => role === "textbox" && /reply|répondre/i.test(label));
    await page.keyboard.type(words);
    await tabTo(page, (role, label) => role === "button" && /^(reply|répondre)$/i.test(label));
    await page.keyboard.press("Enter");
    await page.getByText(words).first().waitFor({ timeout: 10_000 });
  });
}

/// Presses Tab until the focus is on what is wanted, by role and name as Chromium's accessibility tree has them.
async function tabTo(page, isWanted) {
  const debug = await page.context().newCDPSession(page);
  for (let n = 0; n < 400; n++) {
    await page.keyboard.press("Tab");
    const { result } = await debug.send("Runtime.evaluate", { expression: "document.activeElement" });
    const { nodes } = await debug.send("Accessibility.getPartialAXTree", { objectId: result.objectId, fetchRelatives: false });
    if (nodes[0]?.role && isWanted(nodes[0].role.value, nodes[0].name?.value ?? "")) return debug.detach();
  }
  throw new Error("the focus never came there");
}
