// Pictures of the main pages, to be looked at: wide, on a phone, dark; into out/.
import { mkdir } from "node:fs/promises";
import { crawl } from "../crawl.mjs";

export const name = "pictures";
const OUT = new URL("../out/", import.meta.url);
const LOOKS = {
  wide: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", deviceScaleFactor: 2 },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
};

export async function run({ site, as, step }) {
  await mkdir(OUT, { recursive: true });
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
