// Everything on a page is reached by Tab, with the focus to be seen; and one whole way by keyboard alone, heard from the
// accessibility tree.
import { crawl } from "../crawl.mjs";
import { ear } from "../ear.mjs";
import { byTab, nothing } from "../look.mjs";
import { found, linkTo, somebody } from "../send.mjs";

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

  await byKeyboard({ site, as, step });
}

/** One who has no mouse and no screen: joins, replies, writes a card, groups, votes. Nothing here clicks or fills. */
async function byKeyboard({ site, as, step }) {
  const english = { locale: "en-GB", reducedMotion: "reduce", viewport: { width: 1200, height: 900 } };
  const context = await as(undefined, english);
  const anna = await somebody(site, as, "practitioner", english);
  const keys = await ear(await context.newPage());
  const { page } = keys;
  const at = (path) => (url) => url.href.startsWith(site.url + path);
  const email = `keys-${Date.now()}@people.example`;

  await step("without a cookie: the skip link leads into the page", async () => {
    same((await context.cookies()).length, 0, "cookies");
    await page.goto(site.url);
    await keys.press("Tab");
    await keys.on("link", "Skip to content");
    await keys.press("Enter");
    same((await keys.focus()).role, "main", "after the skip link the focus is on");
    await keys.press("Tab");
    same(await page.evaluate(() => Boolean(document.activeElement.closest("main"))), true, "and the next is inside");
  });

  await step("Join: what is wrong is said and described, then a mail goes out", async () => {
    await keys.tabTo("link", "Join");
    await keys.follow("Enter", at("/register"));
    const first = await keys.tabTo("textbox", "Your name");
    same(first.description, "As others should see it.", "its description");
    await keys.press("Enter");
    await page.waitForSelector("#errors");
    await keys.has("alert", /.*/);
    const wrong = await keys.tabTo("textbox", "Your name");
    same(wrong.invalid, "true", "invalid");
    same(wrong.description.length > "As others should see it.".length, true, `its description says what is wrong: ${wrong.description}`);
    await keys.type("Kai Keller");
    await keys.press("Tab");
    await keys.on("textbox", "Email address");
    await keys.type(email);
    await keys.press("Tab");
    await keys.on("textbox", "Password (optional)");
    await keys.press("Tab");
    await keys.on("button", "Join");
    await keys.follow("Space", at("/register/mailed"));
    await keys.has("status", /.*/);
    await keys.tabTo("button", "Send it again");
  });

  await step("the mail's link opens a page with a button, which signs in", async () => {
    await page.goto(await linkTo(site, context, email));
    await keys.tabTo("button", "Confirm");
    await keys.follow("Enter", at("/accept"));
  });

  await step("what everybody is asked to accept stands in between, and leads on", async () => {
    await keys.tabTo("checkbox", "I have read this and accept it");
    await keys.press("Space");
    await keys.tabTo("button", "Go on");
    await keys.follow("Enter", at("/welcome"));
    await keys.has("button", "Done");
  });

  await step("the account's menu opens, and Escape closes it: the focus is where it was", async () => {
    const closed = await keys.tabTo(MENU, /^Your account, Kai Keller$/);
    same(closed.expanded, false, "expanded");
    await keys.press("Enter");
    same((await keys.focus()).expanded, true, "expanded");
    await keys.press("Tab");
    await keys.on("link", "Kai Keller");
    await keys.press("Escape");
    same((await keys.on(MENU, /^Your account/)).expanded, false, "expanded after Escape");
  });

  await step("reply: announced, the focus stays in the field; others' Posts are announced and move nothing", async () => {
    const topic = found(await anna.post("/spaces/1/topics", { title: "Heard, not seen", body: "Who reads this without a screen?", tags: "" }), /(\/topics\/\d+)/);
    await keys.tabTo("link", "Spaces");
    await keys.follow("Enter", at("/spaces"));
    await keys.tabTo("link", "The open square");
    await keys.follow("Enter", at("/spaces/1"));
    await keys.tabTo("link", "Heard, not seen");
    await keys.follow("Enter", at(topic));
    await page.waitForSelector("html[data-live]");
    await keys.tabTo("textbox", "Reply to the topic");
    await keys.type("I do, with a keyboard.");
    await keys.tabTo("button", "Reply");
    await keys.press("Enter");
    await keys.on("textbox", "Reply to the topic");
    await keys.hears(/Kai Keller.*I do, with a keyboard\./);
    await anna.post(`${topic}/posts`, { body: "Welcome, Kai.", parent: "2" });
    await keys.hears(/Anna Moser.*Welcome, Kai\./);
    await keys.on("textbox", "Reply to the topic");
    const reply = await keys.tabTo("link", "Reply", "Shift+Tab");
    same(/Anna Moser/.test(reply.description), true, `what is replied to is described: ${reply.description}`);
    await keys.press("Enter");
    await keys.on("textbox", "Reply to the topic");
    same(await page.evaluate(() => document.activeElement.closest("li.post")?.id), "p3", "the field is below");
    await keys.type("Thank you.");
    await keys.press("Control+Enter");
    await keys.hears(/Kai Keller.*Thank you\./);
    same(await page.evaluate(() => document.querySelector("#r3 > li")?.id), "p4", "in its place");
  });

  let board;
  await step("write a card: the field is empty again, has the focus, and the count is said", async () => {
    board = await anna.post("/spaces/1/boards", { title: "Heard", question: "What helps who sees nothing?", dots: "3" });
    await page.goto(site.url + board);
    await page.waitForSelector("html[data-live]");
    for (const [words, said] of [["Labels on everything", /^One card/], ["Time to listen", /^2 cards/]]) {
      const field = await keys.tabTo("textbox", "A new card");
      same(field.description, "Only you see it until the reveal.", "its description");
      await keys.type(words);
      await keys.press("Tab");
      await keys.on("button", "Add a card");
      await keys.press("Enter");
      await keys.hears(said);
      await keys.on("textbox", "A new card");
      same(await page.evaluate(() => document.activeElement.value), "", "the field");
      await keys.press("Shift+Tab");
    }
  });

  await step("a card's menu: Escape closes it, the focus is where it was", async () => {
    await keys.tabTo(MENU, /^Edit Labels on everything/);
    await keys.press("Enter");
    await keys.press("Tab");
    await keys.on("textbox", "What it says");
    await keys.press("Escape");
    same((await keys.on(MENU, /^Edit Labels on everything/)).expanded, false, "expanded");
  });

  await step("a new phase is said", async () => {
    await anna.post(`${board}/phase`, { to: "reveal" });
    await keys.hears(/^Read\./);
    await anna.post(`${board}/phase`, { to: "group" });
    await keys.hears(/^Group\./);
  });

  await step("group: a dialog by name, Escape closes it, the card's new place is said, the focus stays with the card", async () => {
    await keys.tabTo("button", "Move to… Labels on everything");
    await keys.press("Enter");
    await keys.has("dialog", "A card");
    same(await page.evaluate(() => Boolean(document.activeElement.closest("dialog"))), true, "the focus is inside");
    await keys.press("Escape");
    await keys.lacks("dialog");
    await keys.on("button", "Move to… Labels on everything");
    await keys.press("Enter");
    await keys.has("dialog", "A card");
    await keys.tabTo("textbox", "Into a new group, called");
    await keys.type("Words");
    await keys.press("Enter");
    await keys.has("heading", "Words");
    await keys.hears("Labels on everything: Words");
    await keys.on("button", "Move to… Labels on everything");
    await keys.tabTo("button", "Move to… Time to listen", "Shift+Tab");
    await keys.press("Enter");
    await keys.has("dialog", "A card");
    await keys.tabTo("button", "Words");
    await keys.press("Enter");
    await keys.hears("Time to listen: Words");
    await keys.on("button", "Move to… Time to listen");
    await keys.tabTo("button", /^Change Words/, "Shift+Tab");
    await keys.press("Enter");
    await keys.has("dialog", "Words");
    await keys.press("Escape");
    await keys.lacks("dialog");
    await keys.on("button", /^Change Words/);
  });

  await step("vote: the focus stays, what is left is said; the last dot hands it on", async () => {
    await anna.post(`${board}/phase`, { to: "vote" });
    await keys.hears(/^Vote\. .*3/);
    await keys.tabTo("button", "Give a dot to Words");
    await keys.press("Enter");
    await keys.hears(/^Vote\. .*2/);
    await keys.on("button", "Give a dot to Words");
    await keys.press("Space");
    await keys.hears(/^Vote\. .*(1|one)/i);
    await keys.press("Enter");
    await keys.on("button", "Take a dot back from Words");
    await keys.has("StaticText", "3 of yours");
  });

  await step("sign out", async () => {
    await keys.tabTo(MENU, /^Your account/);
    await keys.press("Enter");
    await keys.tabTo("button", "Sign out");
    await keys.follow("Enter", (url) => !url.href.includes("/boards/"));
    await keys.has("link", "Sign in");
  });
}

const MENU = "DisclosureTriangle";

function same(is, wanted, what) {
  if (is !== wanted) throw new Error(`${what}: ${is}, not ${wanted}`);
}
