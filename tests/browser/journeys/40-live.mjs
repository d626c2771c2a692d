// Two people on one Topic: what one does the other sees, and a page that saw it all is the page loaded anew (`../same.mjs`).
import { becomes } from "../same.mjs";

export const name = "a Post made in one browser appears in another, and a reload shows the same";

export async function run({ site, as, step }) {
  await step("two browsers side by side", () => sideBySide(site, as));
}

async function sideBySide(site, as) {
  const anna = await (await as("practitioner", { viewport: { width: 1280, height: 900 } })).newPage();
  await anna.goto(`${site.url}/spaces`);
  await anna.click("main .item-title a");
  await anna.click("text=Start a topic");
  await anna.fill("#title", "What a browser journey found");
  await anna.fill("#body", "The **first** words.");
  await anna.click("button.main");
  await anna.waitForURL(/topics/);
  const address = anna.url();
  const marek = await (await as("moderator", { viewport: { width: 390, height: 800 } })).newPage();
  await marek.goto(address);
  await anna.waitForSelector("html[data-live]");
  await marek.waitForSelector("html[data-live]");

  // By mouse and keyboard; the pending row is replaced by the real one, never doubled.
  await marek.fill("#body", "An answer to it");
  await marek.keyboard.press("Control+Enter");
  await anna.waitForSelector("#p2:not(.is-pending)");
  await marek.waitForSelector("#p2:not(.is-pending)");
  if (await marek.locator("#p2, .is-pending").count() !== 1) throw new Error("the answer is there twice");
  await anna.waitForFunction(() => document.getElementById("announcer").textContent.includes("An answer to it"));

  // In its right place in the tree.
  await anna.click("#p2 [data-reply]");
  await anna.fill("#body", "And one under it");
  await anna.click("#composer button.main");
  await marek.waitForSelector("#r2 > #p3");

  // Where inserting would move what one reads, it waits behind quiet words.
  for (let n = 4; n < 16; n += 1) {
    await marek.fill("#body", `Something longer, number ${n}, so that the page grows beyond one screen.`);
    await marek.click("#composer button.main");
    await marek.waitForSelector(`#p${n}:not(.is-pending)`);
  }
  await anna.waitForSelector("#p15");
  await anna.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
  const before = await anna.evaluate(() => document.getElementById("p15").getBoundingClientRect().top);
  await marek.click("#p2 > article [data-reply]");
  await marek.fill("#body", "Far above what Anna reads");
  await marek.click("#composer button.main");
  await anna.waitForSelector("[data-pill]");
  const after = await anna.evaluate(() => document.getElementById("p15").getBoundingClientRect().top);
  if (Math.abs(after - before) > 1) throw new Error(`what was being read moved by ${after - before} px`);
  await anna.click("[data-pill]");
  await anna.waitForSelector("#r2 > #p16");

  // Edits, deletions and their undoing arrive as surely.
  await marek.click("#p3 ~ #p16 > article details summary");
  await marek.click("#p16 > article details a[href$=edit]");
  await marek.fill("#body", "Far above, and changed");
  await marek.click("button.main");
  await anna.waitForFunction(() => document.getElementById("p16").textContent.includes("and changed"));
  await marek.waitForSelector("#p4");
  await marek.click("#p4 > article details summary");
  await marek.click("#p4 > article details button.danger");
  await anna.waitForSelector("#p4 .tombstone");
  await marek.click("#p4 form[action$=restore] button");
  await anna.waitForFunction(() => !document.querySelector("#p4 .tombstone"));

  // The line is lost and comes back: what was missed is there, once.
  await anna.context().setOffline(true);
  await marek.fill("#body", "Said while Anna was away");
  await marek.click("#composer button.main");
  await marek.waitForSelector("#p17:not(.is-pending)");
  await anna.context().setOffline(false);
  await anna.waitForFunction(() => document.getElementById("p17") ?? document.querySelector("[data-pill]"));
  if (await anna.locator("[data-pill]").count()) await anna.click("[data-pill]");
  await anna.waitForSelector("#p17");

  const { wrong } = await becomes({ person: { who: "practitioner", context: anna.context() }, path: "the Topic", page: anna, address });
  if (wrong) throw new Error(`stale and fresh differ: ${wrong}`);
}
