// Stale and fresh are the same: pages are open, somebody acts, and what the live line made of each page is compared
// with the page loaded anew in a second tab, for every kind of entry that a page with a live line shows.
//
// Ignored is only: how times are told, keys of forms, numbers of entries and Rooms, the running clock, who is here and
// who types (presence is no entry), marks of what was read meanwhile, and what says in the rail where one is in a Topic: when
// it began, from a dozen Posts on the scrubber, which a page has from its next load on. A "1 new reply" is pressed.
import { readFile, readdir } from "node:fs/promises";
import { found, somebody, stages, workshopForm } from "../send.mjs";

export const name = "a page that stayed open is the page loaded anew";

const PATIENCE = 10_000;

// The step that shows each kind of entry.
const SHOWN = {
  "forum.topic_started": "a Topic is started",
  "forum.post_added": "a Post is added",
  "forum.post_edited": "a Post is edited",
  "forum.post_deleted": "a Post is deleted by its author: a tombstone",
  "forum.post_restored": "and restored",
  "forum.topic_read": "its Post is read on another device",
  "boards.opened": "a Board is opened in the Space, and goes on",
  "boards.phase_changed": "Board: reveal",
  "boards.card_added": "Board: a card is written",
  "boards.mine_changed": "Board: one's own card is edited",
  "boards.card_removed": "Board: a card is removed",
  "boards.group_added": "Board: groups are made",
  "boards.card_moved": "Board: a card is moved into a group",
  "boards.group_renamed": "Board: a group is renamed",
  "boards.group_removed": "Board: a group is removed",
  "boards.voters_changed": "Board: a dot is given",
  "boards.note_changed": "Board: a note",
  "boards.card_hidden": "Board: a card is hidden",
  "dialogues.contributed": "Dialogue: something is contributed",
  "dialogues.commented": "Dialogue: a comment",
  "dialogues.withdrawn": "Dialogue: something is withdrawn",
  "dialogues.stage_moved": "Dialogue: it is summed up",
  "dialogues.synthesis_saved": "Dialogue: a Synthesis is saved",
  "dialogues.vote_cast": "Dialogue: if it went back to the draft, the vote begins again",
  "dialogues.passed_on": "Dialogue: it is passed on",
  "dialogues.answered": "Dialogue: a Point is answered above",
  "workshops.scheduled": "a Workshop is scheduled in the Space",
  "workshops.cancelled": "and cancelled",
  "workshops.moved": "Workshop: it begins, in its room and in the Space's list",
  "workshops.message_added": "Workshop: before it begins somebody speaks",
  "workshops.hands_changed": "Workshop: a hand is raised",
  "workshops.changed": "Workshop: it is changed while it runs",
  "workshops.minutes_published": "Workshop: its minutes are published",
  "notify.noticed": "a reply waits: the bell, and the list",
  "notify.read": "it is read on another device",
};
// What no open page hears: the page says no Room for it (a Workshop's page, the lists of the whole site), or it shows nothing.
const UNHEARD = ["forum.space_added", "forum.space_people_changed", "dialogues.opened", "workshops.registered", "workshops.waiting",
  "workshops.promoted", "workshops.withdrawn", "workshops.entered", "notify.mail_chosen", "people.registered", "people.confirmed",
  "people.signed_in", "people.signed_out", "people.profile_changed", "people.password_changed", "people.practitioner_changed",
  "people.role_changed", "people.organisation_added"];

/** The kinds of entries that the program can write, from its source. */
async function kinds() {
  const src = new URL("../../../src/", import.meta.url);
  const snake = (name) => name.replace(/(?<!^)([A-Z])/g, "_$1").toLowerCase();
  const files = (await readdir(src, { recursive: true })).filter((file) => file.endsWith("kinds.rs"));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, src), "utf8")));
  return texts.flatMap((text) => {
    const domain = found(text, /DOMAIN: &'static str = "(\w+)"/);
    return [...found(text, /pub enum \w+ \{\n([\s\S]*?)\n\}/).matchAll(/^    (\w+) \{/gm)].map((match) => `${domain}.${snake(match[1])}`);
  });
}

/** What a page shows, as text; in the page. */
function shown() {
  document.getElementById("pill")?.click();
  const copy = document.createElement("div");
  copy.append(...["bell", "main"].map((id) => document.getElementById(id)?.cloneNode(true)).filter(Boolean));
  for (const time of copy.querySelectorAll("time")) { time.textContent = time.dateTime; time.removeAttribute("title"); }
  for (const gone of copy.querySelectorAll("#pill, .next, [data-where], [data-here], [data-typing], [data-here-count], [data-here-names], .clock .time")) gone.remove();
  for (const key of copy.querySelectorAll("input[name=key]")) key.removeAttribute("value");
  for (const post of copy.querySelectorAll(".post.is-new")) post.classList.remove("is-new");
  for (const clock of copy.querySelectorAll(".clock")) clock.classList.remove("over", "ending");
  for (const one of copy.querySelectorAll("[data-n], [data-now], [data-rooms]")) for (const name of ["data-n", "data-now", "data-rooms"]) one.removeAttribute(name);
  return copy.innerHTML.replace(/class="([^"]*?)\s*"/g, 'class="$1"').replace(/\s+/g, " ").replace(/> /g, ">").replace(/ </g, "<").replace(/></g, ">\n<");
}

/** The lines of two texts from the first to the last that differs. */
function difference(stale, fresh) {
  const [one, other] = [stale.split("\n"), fresh.split("\n")];
  let from = 0;
  while (one[from] === other[from] && from < one.length) from += 1;
  let to = 0;
  while (to < Math.min(one.length, other.length) - from && one.at(-1 - to) === other.at(-1 - to)) to += 1;
  const part = (lines) => lines.slice(Math.max(0, from - 2), lines.length - to + 1).join("\n").slice(0, 500);
  return `  stale:\n${part(one)}\n  fresh:\n${part(other)}`;
}

async function load(page, address) {
  await page.goto(address);
  await page.waitForSelector("html[data-live]");
}

/** A page that stays open. */
async function open(site, person, path) {
  const page = await person.context.newPage();
  await load(page, site.url + path);
  return { person, path, page, address: page.url() };
}

/** What the page is when it is loaded anew in a second tab. */
async function anew(watch) {
  const tab = await watch.person.context.newPage();
  await load(tab, watch.address);
  await tab.waitForFunction(() => !document.querySelector("[data-refetch]"), null, { timeout: PATIENCE });
  const fresh = await tab.evaluate(shown);
  await tab.close();
  return fresh;
}

const now = (watch) => watch.page.evaluate(shown);

export async function run({ site, as, step }) {
  const options = { locale: "en-GB", reducedMotion: "reduce", viewport: { width: 1280, height: 1600 } };
  const [visitor, leyla, anna, marek] = await Promise.all([undefined, "member", "practitioner", "moderator"].map((who) => somebody(site, as, who, options)));
  const gerald = await somebody(site, as, "gerald-pichler", options);

  /** Somebody acts: every page that is open becomes what it is when loaded anew; at least one changes. */
  const acted = new Set();
  const same = (words, watches, act) => step(words, async () => {
    acted.add(words);
    const before = await Promise.all(watches.map(now));
    await act();
    const results = await Promise.all(watches.map(async (watch) => {
      const fresh = await anew(watch);
      const is = `(${shown})() === ${JSON.stringify(fresh)}`;
      const wrong = await watch.page.waitForFunction(is, null, { timeout: PATIENCE }).then(() => null, async () => {
        const words = `${watch.path} as ${watch.person.who}\n${difference(await now(watch), fresh)}`;
        await load(watch.page, watch.address); // what comes next is looked at by itself
        return words;
      });
      return { fresh, wrong };
    }));
    const wrong = results.map((one) => one.wrong).filter(Boolean);
    const changed = results.some((one, at) => one.fresh !== before[at]);
    if (!changed) wrong.push("nothing changed anywhere: was it done?");
    if (wrong.length) throw new Error(wrong.join("\n"));
  });
  const close = (watches) => Promise.all(watches.map((watch) => watch.page.close()));
  const world = { site, same, close, visitor, leyla, anna, marek, gerald };

  await discuss(world);
  await waiting(world);
  await board(world);
  await dialogue(world);
  await workshop(world);

  await step("every kind of entry was acted, or no open page hears it", async () => {
    const written = await kinds();
    const wrong = [
      ...written.filter((kind) => !acted.has(SHOWN[kind]) && !UNHEARD.includes(kind)),
      ...[...Object.keys(SHOWN), ...UNHEARD].filter((kind) => !written.includes(kind)).map((kind) => `${kind} is no kind any more`),
    ];
    if (wrong.length) throw new Error(wrong.join("\n"));
  });
}

async function discuss({ site, same, close, visitor, leyla, anna, marek }) {
  const space = "/spaces/1";
  const list = await Promise.all([visitor, leyla].map((who) => open(site, who, space)));
  let topic;
  await same("a Topic is started", list, async () => {
    topic = found(await anna.post(`${space}/topics`, { title: "Left open", body: "The first words.", tags: "one, two" }), /(\/topics\/\d+)/);
  });
  const watches = [...list, ...await Promise.all([visitor, leyla, anna, marek].map((who) => open(site, who, topic)))];
  const say = (who, body, parent = "") => who.post(`${topic}/posts`, { body, parent });
  const ids = async () => [...(await marek.read(topic)).matchAll(/action="\/posts\/(\d+)\/delete"/g)].map((match) => match[1]);
  await same("a Post is added", watches, () => say(anna, "A *second* Post."));
  await same("a reply, in its branch", watches, () => say(leyla, "Below the second.", "2"));
  await same("a reply far down", watches, async () => { for (let n = 3; n < 12; n += 1) await say(anna, `Deeper, number ${n}.`, String(n)); });
  await same("a second branch", watches, () => say(marek, "Beside it.", "2"));
  const [opening, second, third] = await ids();
  const edit = async (who, id, body) => who.post(`/posts/${id}/edit`, { body, version: found(await who.read(`/posts/${id}/edit`), /name="version" value="(\d+)"/) });
  await same("a Post is edited", watches, () => edit(anna, second, "A second Post, in other words."));
  await same("the opening is edited", watches, () => edit(anna, opening, "The first words, and more."));
  await same("a Post is deleted by its author: a tombstone", watches, () => leyla.post(`/posts/${third}/delete`));
  await same("and restored", watches, () => leyla.post(`/posts/${third}/restore`));
  await same("a Post is deleted by a moderator", watches, () => marek.post(`/posts/${second}/delete`));
  await same("a Board is opened in the Space, and goes on", list, async () => {
    const board = await anna.post(`${space}/boards`, { title: "In a list", question: "What is seen in a list?", dots: "5" });
    await anna.post(`${board}/phase`, { to: "reveal" });
  });
  await same("a Workshop is scheduled in the Space", list, async () => { await anna.post(`${space}/workshops/new`, workshopForm("Soon in a list")); });
  await same("and cancelled", list, async () => {
    await anna.post(`${found(await anna.read(space), /href="(\/workshops\/\d+)[^"]*"[^>]*>Soon in a list/)}/cancel`);
  });
  await close(watches);
}

async function waiting({ site, same, close, leyla, anna }) {
  const topic = found(await leyla.post("/spaces/1/topics", { title: "Asked by Leyla", body: "Who knows?", tags: "" }), /(\/topics\/\d+)/);
  const watches = [await open(site, leyla, "/waiting"), await open(site, leyla, "/spaces/2")];
  const newest = async () => Math.max(0, ...[...(await leyla.read("/waiting")).matchAll(/action="\/waiting\/(\d+)\/read"/g)].map((match) => Number(match[1])));
  // Who is told is told a moment after the Post: done is what waits.
  const reply = async (body) => {
    const before = await newest();
    await anna.post(`${topic}/posts`, { body, parent: "" });
    const end = Date.now() + PATIENCE;
    while (await newest() <= before) if (Date.now() > end) throw new Error(`nobody was told of “${body}”`);
  };
  await same("a reply waits: the bell, and the list", watches, () => reply("I do."));
  await same("another one above it, behind the quiet words", watches, () => reply("And somebody else does."));
  await same("it is read on another device", watches, async () => {
    await leyla.post(`/waiting/${found(await leyla.read("/waiting"), /action="\/waiting\/(\d+)\/read"/)}/read`);
  });
  await same("its Post is read on another device", watches, () => leyla.post(`${topic}/read`, { numbers: "2,3" }));
  await same("two more", watches, async () => { for (const body of ["And more.", "And more still."]) await reply(body); });
  const last = [...(await anna.read(topic)).matchAll(/action="\/posts\/(\d+)\/delete"/g)].at(-1)[1];
  await same("what waits is deleted: it waits no more", watches, () => anna.post(`/posts/${last}/delete`));
  await same("and restored: it waits again", watches, () => anna.post(`/posts/${last}/restore`));
  await same("all are read on another device", watches, () => leyla.post("/waiting/read"));
  await close(watches);
}

/** The number of a card; it is another one after the reveal, so that nobody is known by the order. */
const cardOf = async (who, board, text) => found(await who.read(board), new RegExp(`id="card-(\\d+)"[^>]*><p>${text}<`));

/** Somebody adds a card; its number, as its author sees it. */
async function card(who, board, text) {
  await who.post(`${board}/cards`, { text });
  return cardOf(who, board, text);
}

/** A Board through its phases; `watches` show it, those who act are `lead` and `other`. */
async function phases({ same }, watches, board, lead, other, where) {
  const go = (to) => lead.post(`${board}/phase`, { to });
  let first;
  await same(`${where}: a card is written`, watches, async () => { first = await card(other, board, "Written first"); });
  await same(`${where}: one's own card is edited`, watches, () => other.post(`${board}/cards/${first}`, { do: "edit", text: "Written, and changed" }));
  await same(`${where}: a card is removed`, watches, async () => {
    const gone = await card(other, board, "Taken back");
    await card(lead, board, "The lead writes too");
    await other.post(`${board}/cards/${gone}`, { do: "remove" });
  });
  await same(`${where}: reveal`, watches, () => go("reveal"));
  first = await cardOf(other, board, "Written, and changed");
  await same(`${where}: group`, watches, () => go("group"));
  let [one, two] = [];
  await same(`${where}: groups are made`, watches, async () => {
    for (const text of ["Near", "Far"]) await lead.post(`${board}/groups`, { text, card: "" });
    const html = await lead.read(board);
    [one, two] = ["Near", "Far"].map((title) => found(html, new RegExp(`id="group-title-(\\d+)">${title}<`)));
  });
  const move = (id, to) => other.post(`${board}/cards/${id}`, { do: "move", to });
  await same(`${where}: a card is moved into a group`, watches, () => move(first, one));
  await same(`${where}: and into another`, watches, () => move(first, two));
  await same(`${where}: and out of it`, watches, () => move(first, ""));
  await same(`${where}: a group is renamed`, watches, async () => {
    await move(first, two);
    await lead.post(`${board}/groups/${two}`, { do: "rename", text: "Further" });
  });
  await same(`${where}: a group is removed`, watches, () => lead.post(`${board}/groups/${two}`, { do: "remove" }));
  await same(`${where}: a new group takes a card along`, watches, () => lead.post(`${board}/groups`, { text: "Again", card: first }));
  await same(`${where}: vote`, watches, () => go("vote"));
  const vote = async (who, change) => who.post(`${board}/votes`, { target: found(await who.read(board), /name="target" value="([^"]+)"/), change });
  await same(`${where}: a dot is given`, watches, () => vote(other, "1"));
  await same(`${where}: and taken back`, watches, async () => { await vote(lead, "1"); await vote(other, "-1"); });
  await same(`${where}: discuss`, watches, () => go("discuss"));
  await same(`${where}: a note`, watches, async () => {
    const html = await lead.read(board);
    const [group, version] = [found(html, /id="note-(\d+)"/), found(html, /name="version" value="(\d+)"/)];
    await lead.post(`${board}/groups/${group}`, { do: "note", text: "Ask the library", version });
  });
  await same(`${where}: back to vote, which loses nothing, or says so`, watches, () => go("vote"));
}

async function board(world) {
  const { site, visitor, leyla, anna, marek, close, same } = world;
  const board = await anna.post("/spaces/1/boards", { title: "Left open", question: "What would help?", dots: "5" });
  const watches = await Promise.all([visitor, leyla, anna, marek].map((who) => open(site, who, board)));
  await phases(world, watches, board, anna, leyla, "Board");
  await close(watches);

  const other = await anna.post("/spaces/1/boards", { title: "Hidden", question: "What stays?", dots: "5" });
  const again = await Promise.all([visitor, leyla, marek].map((who) => open(site, who, other)));
  let id;
  await same("Board: a card that a moderator will hide", again, async () => {
    for (const text of ["To be hidden", "To stay"]) await card(leyla, other, text);
    await anna.post(`${other}/phase`, { to: "reveal" });
    await anna.post(`${other}/phase`, { to: "group" });
    id = await cardOf(leyla, other, "To be hidden");
  });
  await same("Board: a card is hidden", again, () => marek.post(`${other}/cards/${id}`, { do: "hide" }));
  await close(again);
}

async function dialogue({ site, same, close, visitor, leyla, anna, marek, gerald }) {
  const opened = await marek.post("/spaces/1/dialogues", {
    title: "Left open", question: "What should hold for everybody?", background: "It was asked.",
    ...Object.fromEntries([["1", "Graz first"], ["2", "Graz again"]].flatMap(([n, words]) => [[`name-${n}`, words], [`level-${n}`, "city"], [`closes-${n}`, "2099-12-31"], [`quorum-${n}`, "1"], [`disagree-${n}`, "25"], [`organisation-${n}`, ""]])),
  });
  const [below, above] = stages(await marek.read(opened));
  const pages = (people, paths) => Promise.all(people.flatMap((who) => paths.map((path) => open(site, who, path))));
  const watches = [...await pages([visitor], [opened, below]), ...await pages([leyla], [below]), ...await pages([marek], [below, above])];
  const say = (who, text) => who.post(`${below}/contributions`, { text, entered_for: "" });
  await same("Dialogue: something is contributed", watches, () => say(leyla, "A door without a screen."));
  const contribution = found(await leyla.read(below), /href="(\/dialogues\/\d+\/contributions\/\d+)"/);
  watches.push(...await pages([visitor, leyla], [contribution]));
  await same("Dialogue: a comment", watches, () => anna.post(`${contribution}/comments`, { text: "I saw that too." }));
  await same("Dialogue: something is withdrawn", watches, async () => {
    await say(gerald, "Taken back at once.");
    const own = [...(await gerald.read(below)).matchAll(/href="(\/dialogues\/\d+\/contributions\/\d+)"/g)].at(-1)[1];
    await gerald.post(`${own}/withdraw`);
  });
  const go = (stage, to) => marek.post(`${stage}/state`, { to });
  await same("Dialogue: it is summed up", watches, () => go(below, "sum_up"));
  const save = async (text) => marek.post(`${below}/synthesis`, { "point-1": text, "cites-1": "1", version: found(await marek.read(`${below}/synthesis`), /name="version" value="(\d+)"/) });
  await same("Dialogue: a Synthesis is saved", watches, () => save("Every desk has a door."));
  await same("Dialogue: the vote begins", watches, () => go(below, "ratify"));
  await same("Dialogue: a new version in the vote", watches, () => save("Every desk has a door that opens."));
  await same("Dialogue: if it went back to the draft, the vote begins again", watches, async () => {
    const html = await marek.read(below);
    if (/name="to" value="ratify"/.test(html)) await go(below, "ratify");
    await anna.post(`${below}/votes`, { version: found(await anna.read(below), /name="version" value="(\d+)"/), choice: "agree", reason: "" });
  });
  await same("Dialogue: it is passed on", watches, () => go(below, "passed_on"));
  await same("Dialogue: a Point is answered above", watches, async () => {
    await marek.post(`${above}/answers`, { point: found(await marek.read(above), /name="point" value="(\d+)"/), kind: "adapted", text: "By the end of the year." });
  });
  await close(watches);
}

async function workshop(world) {
  const { site, same, close, leyla, anna, marek } = world;
  const made = found(await anna.post("/spaces/1/workshops/new", workshopForm("Left open")), /(\/workshops\/\d+)/);
  for (const who of [leyla, marek]) await who.post(`${made}/register`);
  const room = `${made}/room`;
  const watches = await Promise.all([leyla, marek, anna].map((who) => open(site, who, room)));
  const move = async (what) => anna.post(`${room}/move`, { do: what, seen: found(await anna.read(room), /name="seen" value="(\d+)"/) });
  await same("Workshop: before it begins somebody speaks", watches, () => leyla.post(`${room}/say`, { words: "Good morning" }));
  const list = await open(site, leyla, "/spaces/1");
  await same("Workshop: it begins, in its room and in the Space's list", [...watches, list], () => move("start"));
  await same("Workshop: a hand is raised", watches, () => leyla.post(`${room}/hand`, { do: "raise" }));
  await same("Workshop: another one", watches, () => marek.post(`${room}/hand`, { do: "raise" }));
  await same("Workshop: one has spoken, one is lowered", watches, async () => {
    const of = found(await anna.read(room), /name="of" value="(\d+)"/);
    await anna.post(`${room}/hand`, { do: "spoken", of });
    await marek.post(`${room}/hand`, { do: "lower" });
  });
  await same("Workshop: more minutes", watches, () => move("add"));
  await same("Workshop: a break", watches, () => move("pause"));
  await same("Workshop: and on", watches, () => move("resume"));
  await same("Workshop: on to the brainstorm", watches, () => move("next"));
  const board = `/boards/${found(await anna.read(room), /data-board="(\d+)"/)}`;
  await phases(world, watches, board, anna, leyla, "Workshop's Board");
  await same("Workshop: it is changed while it runs", watches, async () => {
    const html = await anna.read(`${made}/edit`);
    const form = { ...workshopForm("Left open, and renamed"), version: found(html, /name="version" value="(\d+)"/), facilitators: "anna-moser" };
    await anna.post(`${made}/edit`, form);
  });
  await same("Workshop: on to the last part", watches, () => move("next"));
  await same("Workshop: and back", watches, () => move("back"));
  await same("Workshop: it ends", [...watches, list], () => move("end"));
  await same("Workshop: its minutes are published", watches, async () => {
    await anna.post(`${made}/minutes`, { title: "Minutes", body: "We met.", decided: "A door" });
  });
  await close(watches);
}
