export const name = "by keyboard alone: sign in by mail, find a Topic, reply, and hear what happened";

export async function run({ site, as }) {
  const page = await as("member");
  await page.goto(site.url);
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => document.activeElement.className);
  if (skip !== "skip") throw new Error(`the first stop is ${skip}, not the link to the content`);
  await page.keyboard.press("Enter");
  // On to the first Topic of the list.
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press("Tab");
    const { href, outline } = await page.evaluate(() => ({ href: document.activeElement.getAttribute("href") ?? "", outline: getComputedStyle(document.activeElement).outlineStyle }));
    if (outline === "none") throw new Error(`no visible focus on ${href}`);
    if (href.startsWith("/topics/")) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/topics/);
  await page.waitForSelector("html[data-live]");
  const reply = page.locator("[data-reply]").first();
  await reply.focus();
  await page.keyboard.press("Enter");
  const focused = await page.evaluate(() => document.activeElement.id);
  if (focused !== "body") throw new Error(`the composer has no focus: ${focused}`);
  const text = `By keyboard, ${Date.now()}`;
  await page.keyboard.type(text);
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction((text) => [...document.querySelectorAll(".post:not(.is-pending)")].some((post) => post.textContent.includes(text)), text);
  const label = await page.evaluate(() => document.querySelector("#composer textarea").labels[0].textContent);
  if (!label.trim()) throw new Error("the composer has no name");
}
