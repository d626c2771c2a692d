// What happens in a Topic, on a Board, in a Dialogue and in a Workshop's room: pages that stayed open are the pages loaded
// anew. How they are compared is in `../same.mjs`; lists across Spaces and people are in `46-same-lists.mjs`.
import { PATIENCE, comparing, kinds, open } from "../same.mjs";
import { found, somebody, stages, workshopForm } from "../send.mjs";
import { SHOWN as LISTS, UNHEARD } from "./46-same-lists.mjs";

export const name = "a page that stayed open is the page loaded anew";

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

export async function run({ site, as, step }) {
  const options = { locale: "en-GB", reducedMotion: "reduce", viewport: { width: 1280, height: 1600 } };
  const [visitor, leyla, anna, marek] = await Promise.all([undefined, "member", "practitioner", "moderator"].map((who) => somebody(site, as, who, options)));
  const gerald = await somebody(site, as, "gerald-pichler", options);

  const acted = new Set();
  const same = comparing(step, acted);
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
      ...written.filter((kind) => !acted.has(SHOWN[kind]) && !(kind in LISTS) && !(kind in UNHEARD)),
      ...Object.keys({ ...SHOWN, ...LISTS, ...UNHEARD }).filter((kind) => !written.includes(kind)).map((kind) => `${kind} is no kind any more`),
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
