// A brainstorm by three people in three browsers: by mouse, by keyboard, by finger; and one who only looks on.
import { axe } from "../look.mjs";

export const name = "a brainstorm on a Board, from the first card to the notes";

function same(found, wanted, what) {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${what}:\n${JSON.stringify(found)}\n${JSON.stringify(wanted)}`);
}

async function flawless(page, what) {
  const found = await axe(page);
  if (found.length) throw new Error(`axe, ${what}:\n${found.join("\n")}`);
}

const focus = (page) => page.evaluate(() => document.activeElement.id);

const group = (page, title) => page.locator(".group", { has: page.getByRole("heading", { name: title, exact: true }) });

const card = (page, text) => page.locator(".card", { hasText: text });

/** The lists of cards as they stand, without what only the live line leaves behind. */
const lists = (page) => page.evaluate(() => [...document.querySelectorAll("#board ul.cards")].map((list) => [list.id, [...list.children].map((one) => one.outerHTML.replace(/ data-n="\d+"/, ""))]));

async function write(page, text) {
  await page.getByLabel("A new card").fill(text);
  await page.getByRole("button", { name: "Add a card" }).click();
  await card(page, text).waitFor();
  same(await page.getByLabel("A new card").inputValue(), "", "the line is empty for the next card");
  same((await focus(page)).startsWith("card-text"), true, "and has the focus");
}

async function lift(page, text) {
  const from = await card(page, text).first().boundingBox();
  await page.mouse.move(from.x + 40, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 30, { steps: 4 });
}

async function over(page, place) {
  const box = await place.boundingBox();
  await page.mouse.move(box.x + 60, box.y + 30, { steps: 8 });
}

export async function run({ site, as, step }) {
  const english = { locale: "en-GB", reducedMotion: "reduce" };
  const lead = await (await as("practitioner", { ...english, viewport: { width: 1200, height: 900 } })).newPage();
  const anna = await (await as("member", { ...english, viewport: { width: 1200, height: 900 } })).newPage();
  const ben = await (await as("facilitator", { ...english, viewport: { width: 390, height: 780 }, hasTouch: true })).newPage();
  const visitor = await (await as(undefined, english)).newPage();
  const everybody = [lead, anna, ben];
  const all = (phase) => Promise.all(everybody.map((page) => page.locator(`[data-phase=${phase}]`).waitFor()));
  const go = async (phase) => {
    await lead.getByRole("button", { name: /^Go on to/ }).click();
    await all(phase);
  };

  await step("a Board is opened in a Space", async () => {
    await lead.goto(`${site.url}/spaces`);
    await lead.click("main .item-title a");
    await lead.getByRole("link", { name: "Open a board" }).click();
    await lead.getByLabel("Title").fill("Doors that stay open");
    await lead.getByLabel("Question").fill("What keeps people out of our consultations?");
    await lead.getByRole("button", { name: "Open the board" }).click();
    await lead.waitForURL(/boards\/\d+$/);
    for (const page of [anna, ben, visitor]) await page.goto(lead.url());
    for (const page of everybody) await page.waitForSelector("html[data-live]");
  });

  await step("write: others see only how many there are, and what one types stays", async () => {
    await write(anna, "Desk in the library");
    await write(anna, "Childcare during hearings");
    await write(ben, "Traduire les réponses");
    await write(ben, "Not in the town hall");
    await anna.getByLabel("A new card").fill("half typed");
    await write(lead, "Expenses in cash");
    await anna.getByText("5 cards so far").waitFor();
    same(await anna.getByLabel("A new card").inputValue(), "half typed", "what was being typed");
    same(await card(anna, "Expenses").count(), 0, "another's card");
    await flawless(anna, "write");
  });

  await step("reveal: told to screen readers", async () => {
    await go("reveal");
    await anna.waitForFunction(() => document.getElementById("announcer").textContent.startsWith("Read."));
    for (const page of everybody) same(await page.locator(".card").count(), 5, "cards");
    await flawless(lead, "reveal");
    await go("group");
  });

  await step("group by mouse: at once, with a place to drop", async () => {
    await anna.getByLabel("A new group").fill("Where people are");
    await anna.getByRole("button", { name: "Make a group" }).click();
    for (const page of everybody) await group(page, "Where people are").waitFor();
    await lift(lead, "Desk in the library");
    await over(lead, group(lead, "Where people are"));
    await group(lead, "Where people are").locator(".drop-place").waitFor();
    await lead.mouse.up();
    for (const page of everybody) await card(group(page, "Where people are"), "Desk in the library").waitFor();
    // Dropped where a new group begins: it asks for its name.
    await lift(lead, "Childcare");
    await over(lead, lead.locator(".group.new"));
    await lead.mouse.up();
    await lead.keyboard.type("Pay for time");
    await lead.keyboard.press("Enter");
    for (const page of everybody) await card(group(page, "Pay for time"), "Childcare").waitFor();
  });

  await step("group by keyboard: Move to…, the focus goes along", async () => {
    const button = card(anna, "Expenses").getByRole("button", { name: /^Move to/ });
    const id = await button.getAttribute("id");
    await button.focus();
    await anna.keyboard.press("Enter");
    await anna.getByRole("dialog").waitFor();
    await flawless(anna, "the dialog");
    await anna.keyboard.press("Escape");
    same(await focus(anna), id, "focus after Escape");
    await anna.keyboard.press("Enter");
    await anna.getByRole("dialog").getByRole("button", { name: "Pay for time" }).focus();
    await anna.keyboard.press("Enter");
    await card(group(anna, "Pay for time"), "Expenses").waitFor();
    await anna.waitForFunction(() => document.getElementById("announcer").textContent === "Expenses in cash: Pay for time");
    same(await focus(anna), id, "focus after the move");
  });

  await step("group by finger; renaming keeps the cards", async () => {
    await card(ben, "Traduire").getByRole("button", { name: /^Move to/ }).tap();
    await ben.getByRole("dialog").getByRole("button", { name: "Where people are" }).tap();
    await card(group(lead, "Where people are"), "Traduire").waitFor();
    await group(anna, "Where people are").getByRole("button", { name: /^Change/ }).click();
    await anna.getByLabel("Title of the group").fill("Where people already are");
    await anna.keyboard.press("Enter");
    await group(lead, "Where people already are").waitFor();
    same(await group(lead, "Where people already are").locator(".card").count(), 2, "cards");
  });

  await step("two hold one card: nothing flickers back, and all end with the same", async () => {
    await lift(lead, "Not in the town hall");
    await over(lead, group(lead, "Pay for time"));
    await card(anna, "Not in the town hall").getByRole("button", { name: /^Move to/ }).click();
    await anna.getByRole("dialog").getByRole("button", { name: "Where people already are" }).click();
    await card(group(ben, "Where people already are"), "Not in the town hall").waitFor();
    same(await card(group(lead, "Where people already are"), "Not in the town hall").count(), 0, "it stays under the hand that holds it");
    await lead.mouse.up();
    for (const page of everybody) await card(group(page, "Pay for time"), "Not in the town hall").waitFor();
  });

  await step("a line that was lost catches up; stale and fresh are the same", async () => {
    await anna.context().setOffline(true);
    await lift(lead, "Childcare");
    await over(lead, group(lead, "Where people already are"));
    await lead.mouse.up();
    await card(group(ben, "Where people already are"), "Childcare").waitFor();
    await anna.context().setOffline(false);
    await card(group(anna, "Where people already are"), "Childcare").waitFor();
    for (const page of everybody) {
      const stale = await lists(page);
      await page.reload();
      same(stale, await lists(page), "stale and fresh");
    }
    await flawless(lead, "group");
    await visitor.reload();
    same(await visitor.locator("#board button").count(), 0, "buttons for one who looks on");
    await flawless(visitor, "group as a visitor");
  });

  await step("vote by keyboard: the focus stays, the budget holds", async () => {
    await go("vote");
    const give = anna.getByRole("button", { name: "Give a dot to Where people already are" });
    const id = await give.getAttribute("id");
    await give.focus();
    for (const words of ["one of yours", "2 of yours", "3 of yours", "4 of yours"]) {
      await anna.keyboard.press("Enter");
      await anna.getByText(words, { exact: true }).waitFor();
      same(await focus(anna), id, "focus");
    }
    await anna.keyboard.press("Enter");
    await anna.locator(".phase", { hasText: "You have given all your dots" }).waitFor();
    same((await focus(anna)).startsWith("take-"), true, "the focus goes to what can still be done");
    await ben.getByRole("button", { name: "Give a dot to Pay for time" }).tap();
    await lead.getByText("2 people have voted").waitFor();
    same(await lead.locator(".dots i").count(), 0, "others' dots");
    await flawless(anna, "vote");
  });

  await step("discuss: most dots first, notes for all", async () => {
    await go("discuss");
    same(await anna.locator(".total").allTextContents(), ["5", "1"], "votes");
    await lead.getByLabel("Notes Where people already are").fill("Ask the library");
    await lead.getByRole("button", { name: "Save Where people already are" }).click();
    await anna.getByText("Ask the library").waitFor();
    await flawless(lead, "discuss");
    await flawless(anna, "discuss as a participant");
  });
}
