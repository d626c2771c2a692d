// Pictures of the main pages, to be looked at: wide, on a phone, dark; into out/.
import { mkdir, writeFile } from "node:fs/promises";
import { crawl } from "../crawl.mjs";

export const name = "pictures";
const OUT = new URL("../out/", import.meta.url);
const LOOKS = {
  wide: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", deviceScaleFactor: 2 },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
};

/** A picture as WebP, small enough for a page that is read on a phone. */
async function picture(page, file) {
  const debug = await page.context().newCDPSession(page);
  const { data } = await debug.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  await writeFile(new URL(`${file}.webp`, OUT), Buffer.from(data, "base64"));
}

/** Where a link with these words leads. */
const follow = (page, words) => page.locator("main a", { hasText: words }).first().click();

/** The pictures of the README; looked at, they go to docs/pictures. */
const README = {
  topic: ["practitioner", "wide", "/", async (page) => {
    await follow(page, "How do you reach residents");
    await page.evaluate(() => scrollTo(0, 620));
  }],
  board: ["practitioner", "wide", "/spaces", async (page) => {
    await follow(page, "City administration");
    await follow(page, "Which two chapters?");
  }],
  room: ["facilitator", "wide", "/workshops", async (page) => {
    await follow(page, "Doors that stay open");
    await page.locator("main a[href$='/room']").first().click();
    await page.waitForSelector("html[data-live]");
  }],
  river: ["member", "wide", "/dialogues", (page) => follow(page, "The right to housing")],
  trail: ["member", "wide", "/dialogues", async (page) => {
    await follow(page, "The right to housing");
    await page.locator(".stages a").first().click();
    await page.locator("main a[href*='/contributions/']").first().click();
  }],
  digest: ["admin", { viewport: { width: 720, height: 900 } }, "/mail", async (page) => {
    await page.locator("main .item-title a", { hasText: "things more" }).first().click();
    await page.goto(`${page.url()}/html`);
  }],
  home: ["practitioner", { ...LOOKS.phone, colorScheme: "dark" }, "/", async () => {}],
};

export async function run({ site, as, step }) {
  await mkdir(OUT, { recursive: true });
  for (const [file, [who, look, path, go]] of Object.entries(README)) {
    await step(`picture of the README: ${file}`, async () => {
      const page = await (await as(who, { ...(LOOKS[look] ?? look), reducedMotion: "reduce" })).newPage();
      await page.goto(site.url + path);
      await go(page);
      await page.waitForLoadState("load");
      await page.waitForTimeout(500);
      await picture(page, file);
    });
  }
  for (const [look, options] of Object.entries(LOOKS)) {
    await step(`pictures, ${look}`, async () => {
      for (const who of [undefined, "member"]) {
        const kinds = new Set();
        await crawl(site, await as(who, options), async (page, path, template) => {
          if (kinds.has(template)) return;
          kinds.add(template);
          const file = template === "/" ? "home" : template.replace(/[{}*]/g, "").replace(/^\//, "").replaceAll("/", "-");
          await page.screenshot({ path: new URL(`${who ?? "visitor"}-${file}-${look}.png`, OUT).pathname });
        });
      }
    });
  }
}
