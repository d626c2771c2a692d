// Lists across Spaces, a Workshop's own page, the directory, names and rights: pages that stayed open are the pages loaded
// anew. How they are compared is in `../same.mjs`; what happens within a place is in `45-same.mjs`.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { comparing, open } from "../same.mjs";
import { found, linkTo, somebody, stages, workshopForm } from "../send.mjs";

export const name = "lists, names and rights on a page that stayed open";

// The step that shows each kind of entry.
export const SHOWN = {
  "forum.space_added": "a Space is made: every list of Spaces has it",
  "forum.space_changed": "it is called something else",
  "forum.space_people_changed": "somebody is named in a private Space",
  "dialogues.opened": "a Dialogue is opened: the list of all has it",
  "workshops.registered": "somebody registers, who sees it on another device",
  "workshops.waiting": "somebody else waits: it is full",
  "workshops.promoted": "who came first withdraws, and who waited has a place",
  "workshops.withdrawn": "the last one withdraws",
  "network.settings_changed": "the network says something else to whoever comes",
  "network.document_saved": "a document has another version",
  "network.contact_sent": "somebody without an account writes to the host",
  "network.contact_answered": "and is answered",
  "people.organisation_added": "an Organisation is added",
  "people.organisation_changed": "it is called something else, beside the names of its people too",
  "people.organisation_merged": "it is merged into another one",
  "people.question_asked": "somebody asks to belong to it",
  "people.question_answered": "and is confirmed by an admin",
  "people.membership_changed": "and is confirmed by an admin",
  "people.steward_changed": "and is named its Steward",
  "people.confirmed": "somebody joins and confirms: the directory has them",
  "people.profile_changed": "somebody has another name, wherever it stands",
  "people.practitioner_changed": "somebody becomes a Practitioner, and sees more at once",
  "people.role_changed": "a Member becomes a Moderator, and may more at once",
  "people.measure_taken": "somebody is silenced, and writes no more at once",
  "people.signed_in": "one signs in on another device",
  "people.signed_out": "that session is ended",
  "people.password_changed": "a new password ends all others",
  "people.export_moved": "all one's data is asked for, and ready",
  "people.address_moved": "one asks for another address",
  "people.erasure_moved": "one asks that one's account be erased",
  "people.erased": "somebody is erased, with their words, wherever they stood",
  "dialogues.comment_erased": "somebody is erased, with their words, wherever they stood",
};

// What no open page shows, and why; a test on the wire is named where only a page to do it is missing yet.
export const UNHEARD = {
  "people.invitation_made": "whom admins invite is nobody else's to hear of; their lists are loaded anew (tests/it/invitations.rs looks at them)",
  "people.invitation_changed": "the same",
  "people.invitation_asked": "the same; nobody is seen before they have confirmed",
  "people.invitation_used": "the same; what it gives is told by entries of its own",
  "network.document_accepted": "the page in between leads on by itself, and on other devices with the next page",
  "people.registered": "nobody is seen before they have confirmed",
  "workshops.entered": "who came is counted in the draft of the minutes, a form; who is here now is presence",
  "people.erasing": "a step of erasing: what it changes is told by the parts' own entries, and by people.erased",
  "mail.retried": "the audit log alone, for admins: tests/it/audit.rs",
  "mail.dropped": "the audit log alone, for admins: tests/it/audit.rs",
  "keeping.backup_asked": "the audit log alone, for admins: tests/it/audit.rs",
  "notify.mail_chosen": "a choice shows in its own form alone, which nobody's hand is taken from",
};

export async function run({ site, as, step }) {
  const options = { locale: "en-GB", reducedMotion: "reduce", viewport: { width: 1280, height: 1600 } };
  const people = [undefined, "member", "practitioner", "moderator", "admin"].map((who) => somebody(site, as, who, options));
  const [visitor, leyla, anna, marek, admin] = await Promise.all(people);
  const acted = new Set();
  const world = { site, as, options, step, same: comparing(step, acted), visitor, leyla, anna, marek, admin };
  const pages = (who, ...paths) => Promise.all(paths.map((path) => open(site, who, path)));
  world.pages = async (...of) => (await Promise.all(of.map(([who, ...paths]) => pages(who, ...paths)))).flat();
  world.close = (watches) => Promise.all(watches.map((watch) => watch.page.close()));

  await lists(world);
  await spaces(world);
  await places(world);
  await network(world);
  await names(world);
  await organisations(world);
  await rights(world);
  await sessions(world);
  await erased(world);

  await step("each of these kinds was acted", async () => {
    const missing = Object.entries(SHOWN).filter(([, words]) => !acted.has(words));
    if (missing.length) throw new Error(JSON.stringify(missing));
  });
}

async function lists({ same, pages, close, visitor, leyla, anna, marek }) {
  const watches = await pages([visitor, "/", "/dialogues", "/workshops"], [leyla, "/", "/workshops"], [anna, "/"]);
  let topic;
  await same("a Topic is started: home has it", watches, async () => {
    topic = found(await anna.post("/spaces/1/topics", { title: "Seen from home", body: "The first words.", tags: "" }), /(\/topics\/\d+)/);
  });
  await same("it is answered: home has it", watches, () => marek.post(`${topic}/posts`, { body: "An answer.", parent: "" }));
  await same("a Topic that only Practitioners see", watches, async () => {
    const spaces = await anna.read("/spaces");
    const layer = found(spaces, /href="\/spaces\/(\d+)"(?:(?!<li)[\s\S])*?<span class="layer">Practitioners/);
    await anna.post(`/spaces/${layer}/topics`, { title: "Among ourselves", body: "Not for all.", tags: "" });
  });
  await same("a Workshop is scheduled: home and the calendar have it", watches, async () => {
    await anna.post("/spaces/1/workshops/new", workshopForm("Seen from everywhere"));
  });
  let opened;
  await same("a Dialogue is opened: the list of all has it", watches, async () => {
    opened = await marek.post("/spaces/1/dialogues", {
      title: "Seen in the list", question: "What is seen in a list?", background: "It was asked.",
      ...Object.fromEntries([["1", "Graz first"], ["2", "Graz again"]].flatMap(([n, words]) => [[`name-${n}`, words], [`level-${n}`, "city"], [`closes-${n}`, "2099-12-31"], [`quorum-${n}`, "1"], [`disagree-${n}`, "25"], [`organisation-${n}`, ""]])),
    });
  });
  const [below] = stages(await marek.read(opened));
  await same("something is said in it: the list counts it", watches, () => leyla.post(`${below}/contributions`, { text: "A door.", entered_for: "" }));
  await close(watches);
}

/** A Space's form as admins send it. */
const spaceForm = (title, layer, more = {}) => ({
  "title-en": title, "purpose-en": "For trying.", layer, language: "", may_start: "members", may_reply: "members", may_schedule: "practitioners", may_open: "admins", ...more,
});

async function spaces({ same, pages, close, visitor, leyla, anna, admin }) {
  const watches = await pages([visitor, "/", "/spaces"], [leyla, "/", "/spaces"], [anna, "/"], [admin, "/admin/spaces"]);
  let space;
  await same("a Space is made: every list of Spaces has it", watches, async () => { space = await admin.post("/admin/spaces", spaceForm("A new place", "public")); });
  await same("a Topic is started in it, which home hears though it was loaded before", watches, () => leyla.post(`${space}/topics`, { title: "The first here", body: "Hello.", tags: "" }));
  watches.push(...await pages([anna, space]));
  const settings = async (more) => admin.post(`${space}/settings`, spaceForm("A better place", more.layer ?? "public", { version: found(await admin.read(`${space}/settings`), /name="version" value="(\d+)"/), ...more }));
  await same("it is called something else", watches, () => settings({}));
  await same("it moves up", watches, () => admin.post(`/admin/spaces/${space.split("/").at(-1)}/move`, { do: "up" }));
  await same("only Practitioners see it from now on", watches, () => settings({ layer: "practitioners", sure: "practitioners" }));
  await same("it is archived", watches, () => admin.post(`/admin/spaces/${space.split("/").at(-1)}/archive`, { do: "archive" }));
  const hidden = await admin.post("/admin/spaces", spaceForm("Among five", "private"));
  const handle = found(await leyla.read("/"), /href="\/people\/([\w-]+)"/);
  await same("somebody is named in a private Space", watches, () => admin.post(`${hidden}/people`, { who: handle }));
  await same("and sees what is written there", watches, () => admin.post(`${hidden}/topics`, { title: "Said among five", body: "Hello.", tags: "" }));
  await same("and is let go", watches, () => admin.post(`${hidden}/people/${handle}`, { do: "remove" }));
  await close(watches);
}

async function places({ same, pages, close, visitor, leyla, anna, marek }) {
  const form = { ...workshopForm("One place"), capacity: "1", ...inAnHour() };
  const path = found(await anna.post("/spaces/1/workshops/new", form), /(\/workshops\/\d+)/);
  const watches = await pages([visitor, path, "/workshops"], [leyla, path, "/workshops"], [marek, path], [anna, path, "/workshops"]);
  await same("somebody registers, who sees it on another device", watches, () => leyla.post(`${path}/register`));
  await same("somebody else waits: it is full", watches, () => marek.post(`${path}/register`));
  await same("and one more: their place in the line", watches, () => anna.post(`${path}/register`));
  await same("who came first withdraws, and who waited has a place", watches, () => leyla.post(`${path}/withdraw`));
  await same("the next one withdraws, and the third has it", watches, () => marek.post(`${path}/withdraw`));
  await same("the last one withdraws", watches, () => anna.post(`${path}/withdraw`));
  await same("it is changed", watches, async () => {
    const version = found(await anna.read(`${path}/edit`), /name="version" value="(\d+)"/);
    await anna.post(`${path}/edit`, { ...form, title: "Two places", capacity: "2", version, facilitators: "anna-moser" });
  });
  await same("and cancelled", watches, () => anna.post(`${path}/cancel`));
  await close(watches);
}

/** A start that is an hour ahead. */
function inAnHour() {
  const [date, time] = new Date(Date.now() + 3_600_000).toISOString().split("T");
  return { date, time: time.slice(0, 5) };
}

/** The fields of a Member's settings as they are, with others instead. */
async function settings(who, changed) {
  const page = await who.context.newPage();
  await page.goto(new URL("/settings", who.site).href);
  const fields = await page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('form[action="/settings"]'))));
  await page.close();
  return { ...fields, ...changed };
}

async function network({ same, pages, close, visitor, leyla, admin }) {
  const watches = await pages([visitor, "/"], [leyla, "/"]);
  const version = async () => found(await admin.read("/admin/settings/welcome"), /name="version" value="(\d+)"/);
  await same("the network says something else to whoever comes", watches, async () => {
    await admin.post("/admin/settings/welcome", { "welcome-en": `Come in, *all* of you ${Date.now()}.`, "welcome-fr": "", version: await version() });
  });
  watches.push(...await pages([visitor, "/documents/imprint"], [admin, "/admin/contact"]));
  await same("a document has another version", watches, async () => {
    const version = found(await admin.read("/admin/documents/imprint"), /name="version" value="(\d+)"/);
    await admin.post("/admin/documents/imprint", { "text-en": `Who runs this: us, since ${Date.now()}.`, "text-fr": "", asks: "nobody", version });
  });
  await same("somebody without an account writes to the host", watches, () => visitor.post("/help", { kind: "report", about: "/topics/1", text: "Please look at this.", email: "", name: "" }));
  await same("and is answered", watches, async () => {
    await admin.post(`/admin/contact/${found(await admin.read("/admin/contact"), /action="\/admin\/contact\/(\d+)"/)}`, { do: "answered" });
  });
  await close(watches);
}

async function names({ site, as, options, same, pages, close, visitor, leyla, anna }) {
  const topic = found(await leyla.post("/spaces/1/topics", { title: "Under a name", body: "By whom?", tags: "" }), /(\/topics\/\d+)/);
  await anna.post(`${topic}/posts`, { body: "By you.", parent: "" });
  await leyla.post(`${topic}/posts`, { body: "By me.", parent: "2" });
  const handle = found(await leyla.read("/"), /href="\/people\/([\w-]+)"/);
  const watches = await pages(
    [visitor, topic, "/spaces/1", "/"], [leyla, "/", topic], [anna, topic, "/spaces/1", "/people", `/people/${handle}`, "/waiting"],
  );
  const save = async (changed) => leyla.post("/settings", await settings({ ...leyla, site: site.url }, changed));
  const old = (await settings({ ...leyla, site: site.url }, {})).name;
  await same("somebody has another name, wherever it stands", watches, () => save({ name: `Zoe ${old}` }));
  await same("and the old one again", watches, () => save({ name: old }));
  await same("and other words about themselves", watches, () => save({ about: "Keeps doors open." }));
  const joining = await somebody(site, as, undefined, options);
  await same("somebody joins and confirms: the directory has them", watches, async () => {
    const email = `aaron-${Date.now()}@people.example`;
    await joining.post("/register", { name: "Aaron Aalto", email, password: "a long enough one", zone: "Europe/Vienna" });
    await joining.post(new URL(await linkTo(site, joining.context, email)).pathname);
  });
  await close(watches);
}

async function organisations({ site, same, pages, close, visitor, leyla, anna, admin }) {
  const form = (name, more = {}) => ({ name, short_name: name, kind: "municipality", level: "city", country: "AT", standing: "partner", within: "", ...more });
  const topic = found(await leyla.post("/spaces/1/topics", { title: "For whom I speak", body: "For a city.", tags: "" }), /(\/topics\/\d+)/);
  const watches = await pages([visitor, "/organisations", topic], [leyla, "/organisations"]);
  let made;
  await same("an Organisation is added", watches, async () => { made = await admin.post("/admin/organisations", form("Aalborg")); });
  const before = (await settings({ ...leyla, site: site.url }, {})).organisation;
  const speak = async (organisation) => leyla.post("/settings", await settings({ ...leyla, site: site.url }, { organisation }));
  const beside = await pages([visitor, made], [leyla, made], [admin, made]);
  await same("somebody asks to belong to it", beside, () => leyla.post(`${made}/ask`, { words: "I keep its doors open." }));
  await same("and is confirmed by an admin", beside, async () => {
    await admin.post(found(await admin.read(made), /action="(\/questions\/\d+)"/), { answer: "yes" });
  });
  const handle = found(await leyla.read("/"), /href="\/people\/([\w-]+)"/);
  await same("and is named its Steward", beside, () => admin.post(`${made}/stewards`, { who: `@${handle}` }));
  await same("and is its Steward no longer", beside, () => admin.post(`${made}/stewards`, { who: `@${handle}`, do: "end" }));
  await close(beside);
  await speak(made.split("/").at(-1));
  await leyla.post(`${topic}/posts`, { body: "And for this one.", parent: "" });
  watches.push(...await pages([anna, topic, made]));
  const version = async () => found(await admin.read(`${made}/edit`), /name="version" value="(\d+)"/);
  await same("it is called something else, beside the names of its people too", watches, async () => {
    await admin.post(`${made}/edit`, form("Aalborg Kommune", { version: await version() }));
  });
  const other = await admin.post("/admin/organisations", form("Aarhus"));
  watches.splice(watches.findIndex((watch) => watch.path === made), 1)[0].page.close();
  await same("it is merged into another one", watches, () => admin.post(`${made}/merge`, { into: other.split("/").at(-1), sure: "yes" }));
  await speak(before);
  await close(watches);
}

async function rights({ step, same, pages, close, leyla, anna, admin }) {
  const handle = found(await leyla.read("/"), /href="\/people\/([\w-]+)"/);
  const topic = found(await anna.post("/spaces/1/topics", { title: "Who may what", body: "Let us see.", tags: "" }), /(\/topics\/\d+)/);
  await leyla.post(`${topic}/posts`, { body: "I see.", parent: "" });
  const watches = await pages([leyla, "/", "/spaces", "/workshops", topic], [anna, "/people", `/people/${handle}`], [admin, "/admin/people", `/people/${handle}`]);
  const measure = (what) => admin.post(`/admin/people/${handle}/measure`, { measure: what, until: "", reason: "To see what stays open." });
  const practitioner = (confirm) => admin.post(`/admin/people/${handle}/practitioner`, { confirm, back: "person" });
  const role = (word) => admin.post(`/admin/people/${handle}/role`, { role: word, back: "person" });
  await same("somebody becomes a Practitioner, and sees more at once", watches, () => practitioner("yes"));
  await same("and is one no longer", watches, () => practitioner("no"));
  await same("a Member becomes a Moderator, and may more at once", watches, () => role("moderator"));
  await same("and is one no longer, again", watches, () => role("member"));
  await same("somebody is silenced, and writes no more at once", watches, () => measure("silence"));
  await same("and writes again", watches, () => measure("unsilence"));
  await step("a page that was drawn anew still answers in place", async () => {
    const { page } = watches.find((watch) => watch.path === topic);
    await page.evaluate(() => { window.stayed = true; });
    await page.fill("[data-composer] textarea", "Written after all that.");
    await page.press("[data-composer] textarea", "Control+Enter");
    await page.waitForSelector(".post:not(.is-pending) >> text=Written after all that.");
    if (!(await page.evaluate(() => window.stayed))) throw new Error("the page was loaded anew");
  });
  await close(watches);
}

async function sessions({ site, as, options, same, pages, close, leyla }) {
  const watches = await pages([leyla, "/settings", "/settings/data", "/settings/account"]);
  await same("one asks for another address", watches, () => leyla.post("/settings/address", { email: "leyla@elsewhere.example" }));
  await same("all one's data is asked for, and ready", watches, async () => {
    await leyla.post("/settings/data");
    for (let tries = 0; tries < 200 && !(await leyla.read("/settings/data")).includes('href="/settings/data/'); tries += 1) await new Promise((done) => setTimeout(done, 100));
  });
  await same("one signs in on another device", watches, async () => { await somebody(site, as, "member", options); });
  await same("that session is ended", watches, async () => {
    await leyla.post(found(await leyla.read("/settings"), /action="(\/settings\/sessions\/\d+\/end)"/));
  });
  await somebody(site, as, "member", options);
  await same("a new password ends all others", watches, () => leyla.post("/settings/password", { password: "another long enough one" }));
  await close(watches);
}

/** Nobody waits a week here: the host erases somebody from the terminal, while the site runs. */
async function erased({ site, as, options, same, pages, close, leyla, anna, admin }) {
  const own = await pages([leyla, "/settings/erase"]);
  await same("one asks that one's account be erased", own, () => leyla.post("/settings/erase", { words: "keep" }));
  await same("and changes one's mind", own, () => leyla.post("/settings/erase/cancel"));
  await close(own);
  const gone = await somebody(site, as, "gerald-pichler", options);
  const topic = found(await anna.post("/spaces/1/topics", { title: "Before somebody goes", body: "Who stays?", tags: "" }), /(\/topics\/\d+)/);
  await gone.post(`${topic}/posts`, { body: "Words that will go.", parent: "" });
  await anna.post(`${topic}/posts`, { body: "An answer that stays.", parent: "2" });
  const contribution = found(await anna.read(await dialogueWithContributions(anna)), /href="(\/dialogues\/\d+\/contributions\/\d+)"/);
  await gone.post(`${contribution}/comments`, { text: "A comment that will go." });
  const watches = await pages([anna, topic, "/spaces/1", contribution], [admin, "/people"]);
  const env = { ...process.env, PLENARY_DATA: site.data, PLENARY_DATABASE_URL: `sqlite:${site.data}/plenary.sqlite` };
  await same("somebody is erased, with their words, wherever they stood", watches, () => plenary(["member", "erase", "gerald-pichler", "--yes", "--words"], env));
  await close(watches);
}

/** A Stage in which something was said. */
async function dialogueWithContributions(anna) {
  for (const [, dialogue] of (await anna.read("/dialogues")).matchAll(/href="(\/dialogues\/\d+)"/g)) {
    for (const stage of stages(await anna.read(dialogue))) if (/\/contributions\/\d+"/.test(await anna.read(stage))) return stage;
  }
  throw new Error("nothing was said in the demo's Dialogues");
}

async function plenary(args, env) {
  await promisify(execFile)(fileURLToPath(new URL("../../../target/debug/plenary", import.meta.url)), args, { env });
}
