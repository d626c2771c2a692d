// The first load of a page, with nothing in the cache, is under 100 KB.
import { crawl } from "../crawl.mjs";
import { weight } from "../look.mjs";

export const name = "weight";
const LIMIT = 100 * 1024;

export async function run({ site, browser, as, step }) {
  for (const who of [undefined, "member"]) {
    await step(`as ${who ?? "visitor"}: a first load is under 100 KB`, async () => {
      const paths = [];
      await crawl(site, await as(who), async (_, path) => paths.push(path));
      const heavy = [];
      let most = 0;
      for (const path of paths.filter((path) => path !== "/styleguide")) {
        const { total, list } = await weight(browser, site, path, who);
        most = Math.max(most, total);
        if (total > LIMIT) heavy.push(`${path}: ${total} bytes\n  ${list.join("\n  ")}`);
      }
      if (heavy.length > 0) throw new Error(heavy.join("\n"));
      console.log(`          the heaviest of ${paths.length} pages: ${most} bytes`);
    });
  }
}
