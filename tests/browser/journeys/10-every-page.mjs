// Every page of the route table, as everybody, in both themes: axe finds nothing, nothing scrolls sideways on the
// smallest phone, the console is silent; menus open, forms in error.
import { BY_MAIL, crawl, templates } from "../crawl.mjs";
import { axe, axeInBothThemes, listen, nothing, sideways } from "../look.mjs";

export const name = "every page, as everybody";

export async function run({ site, as, step }) {
  const reached = new Set();
  for (const who of [undefined, "member", "facilitator", "admin"]) {
    const found = { axe: new Map(), menus: new Map(), wide: new Map(), said: new Map(), forms: new Map() };
    const words = who ?? "visitor";
    await step(`as ${words}: every page opens`, async () => {
      const context = await as(who, { viewport: { width: 1200, height: 900 } });
      const ears = new WeakMap();
      const withForms = new Map();
      const seen = await crawl(site, context, async (page, path, template) => {
        if (!ears.has(page)) ears.set(page, listen(page));
        found.axe.set(path, await axeInBothThemes(page));
        found.wide.set(path, await sideways(page));
        if (await page.$("main form[method=post]")) withForms.set(template, path);
        found.menus.set(path, await withMenusOpen(page));
        found.said.set(path, ears.get(page)());
      }, await starts(site, context, who));
      for (const template of seen.keys()) reached.add(template);
      if (seen.size < 3) throw new Error("hardly any page was found");
      const page = await context.newPage();
      const heard = listen(page);
      for (const path of withForms.values()) {
        found.forms.set(path, await inError(page, site.url + path));
        found.said.set(`${path}, form in error`, heard());
      }
    });
    await step(`as ${words}: axe finds nothing on ${found.axe.size} pages, in both themes`, () => nothing(found.axe));
    await step(`as ${words}: axe finds nothing with menus open`, () => nothing(found.menus));
    await step(`as ${words}: axe finds nothing on ${found.forms.size} forms in error`, () => nothing(found.forms));
    await step(`as ${words}: no page scrolls sideways at 320 px`, () => nothing(found.wide));
    await step(`as ${words}: the console is silent`, () => nothing(found.said));
  }
  await step("every page of the route table was seen by somebody", () => {
    const missed = templates(site).filter((template) => !reached.has(template) && !BY_MAIL.includes(template));
    if (missed.length > 0) throw new Error(`no link leads there, or it never answered with a page: ${missed.join(", ")}`);
  });
}

/// Pages with something to change that no visit would find by itself.
async function starts(site, context, who) {
  if (!who) return [await registered(site, context)];
  return [await ownTopic(site, context), ...(who === "facilitator" ? [await closedStage(site, context)] : []),
    // Where a form leads that is sent by its address.
    ...(who === "admin" ? ["/organisations/1/merge?into=2", await invitation(site, context)] : [])];
}

/// What somebody sees who is invited by a link.
async function invitation(site, context) {
  const page = await context.newPage();
  await page.goto(`${site.url}/admin/invitations/new`);
  await page.click("main form button.main");
  const link = await page.locator("input#link").inputValue();
  await page.close();
  return new URL(link).pathname;
}

/// Somebody who has registered and waits for the mail.
async function registered(site, context) {
  const form = { name: "Ilse Brandt", email: `${crypto.randomUUID()}@people.example`, password: "" };
  const answer = await context.request.post(`${site.url}/register`, { form, headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0 });
  return answer.headers().location;
}

/// A Stage that has gathered enough: now its Synthesis is written.
async function closedStage(site, context) {
  const page = await context.newPage();
  await page.goto(`${site.url}/dialogues`);
  const dialogues = await page.$$eval("main a[href^='/dialogues/']", (all) => [...new Set(all.map((link) => link.href))]);
  for (const dialogue of dialogues) {
    await page.goto(dialogue);
    for (const stage of await page.$$eval("main a[href*='/stages/']", (all) => [...new Set(all.map((link) => link.href.split("#")[0]))])) {
      await page.goto(stage);
      if (!await page.locator("button[value=sum_up]").count()) continue;
      await page.click("button[value=sum_up]");
      await page.waitForSelector("a[href$='/synthesis']");
      await page.close();
      return new URL(stage).pathname;
    }
  }
  throw new Error("nobody is asked anything in the demo's Dialogues");
}

/// A Topic with a Post of one's own, so that there is something to edit.
async function ownTopic(site, context) {
  const page = await context.newPage();
  await page.goto(`${site.url}/spaces/1`);
  await page.goto(await page.locator("main .item-title a[href^='/topics/']").first().evaluate((link) => link.href));
  await page.fill("#body", "Looked at from all sides.");
  await page.click("#composer button.main");
  await page.waitForSelector(".post:not(.is-pending) a[href$='/edit']", { state: "attached" });
  const path = new URL(page.url()).pathname;
  await page.close();
  return path;
}

/// The first closed menu of each kind, opened one by one.
async function withMenusOpen(page) {
  const count = await page.evaluate(() => {
    const kinds = new Map();
    for (const menu of document.querySelectorAll("details:not([open])")) if (menu.checkVisibility() && !kinds.has(menu.className)) kinds.set(menu.className, menu);
    window.menus = [...kinds.values()];
    return window.menus.length;
  });
  const found = [];
  for (let at = 0; at < count; at++) {
    await page.evaluate((at) => { window.menus[at].open = true; }, at);
    found.push(...await axe(page));
    await page.evaluate((at) => { window.menus[at].open = false; }, at);
  }
  return found;
}

/// Each form with something to write in is sent empty; the answer is looked at when it is the form again.
async function inError(page, url) {
  const found = [];
  const writable = "main form[method=post]:has(textarea, input[type=text], input[type=email], input[type=password])";
  await page.goto(url);
  const count = await page.locator(writable).count();
  for (let at = 0; at < count; at++) {
    if (at > 0) await page.goto(url);
    const form = page.locator(writable).nth(at);
    if (!await form.evaluate((form) => form.checkVisibility())) continue;
    const answer = page.waitForResponse((response) => response.request().method() === "POST", { timeout: 10_000 });
    const arrived = page.waitForNavigation();
    await form.evaluate((form) => {
      for (const field of form.querySelectorAll("textarea, input[type=text], input[type=email], input[type=password]")) field.value = "";
      form.noValidate = true;
      // The form's own send, past the modules that send it behind the page.
      HTMLFormElement.prototype.submit.call(form);
    });
    const response = await answer;
    await arrived;
    if (response?.status() >= 500) found.push(`an empty form was answered with ${response.status()}: ${await form.evaluate((form) => form.action).catch(() => "")}`);
    if (response?.status() === 422) found.push(...await axeInBothThemes(page));
  }
  return found;
}
