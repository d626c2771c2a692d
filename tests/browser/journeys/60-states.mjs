// The states that no link leads to: every form in error, every menu and dialog open, the room in each phase.
// In each of them axe finds nothing in both themes, words of what is wrong belong to their field, nothing scrolls
// sideways on the smallest phone.
import { axeInBothThemes, nothing, sideways } from "../look.mjs";
import { found, somebody, stages, workshopForm } from "../send.mjs";

export const name = "forms in error, menus and dialogs open, the room in each phase";

const WIDE = { width: 1200, height: 900 };
const PHONE = { width: 390, height: 780 };

// Forms with nothing in them that could be wrong: a button does one thing, or what comes is a page of its own.
const BUTTONS_ALONE = ["/language", "/sign-out", "/confirm/{token}", "/sign-in/{token}", "/settings/sessions/{id}/end", "/settings/data", "/settings/erase/cancel", "/settings/sessions/end-others", "/address/{token}", "/address/undo/{token}", "/settings/prove/link", "/settings/prove/{token}",
  "/admin/people/{handle}/practitioner", "/organisations/{id}/leave", "/admin/spaces/template", "/admin/outbox/{id}/retry", "/admin/outbox/{id}/drop", "/admin/storage/backup", "/admin/spaces/{id}/move", "/admin/contact/{id}", "/setup/mail", "/setup/finish", "/posts/{id}/delete", "/posts/{id}/restore", "/waiting/read", "/waiting/{id}", "/waiting/{id}/read",
  "/workshops/{id}/withdraw", "/workshops/{id}/cancel", "/workshops/{id}/room/hand", "/dialogues/{id}/contributions/{contribution}/withdraw",
  "/unsubscribe/{member}/{list}/{signature}"];
// Sent by modules, never by a form.
const NO_FORM = ["/topics/{id}/read", "/preview"];
// The same page and the same form as another route's.
const SAME_AS = { "/mail-choice/{member}/{signature}": "/settings/mail" };

/** Words of what is wrong: each belongs to a field, and each link of the summary leads to something. In the page. */
function unlinked() {
  const described = [...document.querySelectorAll("[aria-describedby]")].flatMap((one) => one.getAttribute("aria-describedby").split(/\s+/));
  const words = [...document.querySelectorAll("main form .error")].filter((one) => !one.id || !described.includes(one.id)).map((one) => `belongs to no field: ${one.outerHTML}`);
  const links = [...document.querySelectorAll("#errors a[href^='#']")].filter((link) => !document.getElementById(link.hash.slice(1))).map((link) => `leads nowhere: ${link.outerHTML}`);
  const marked = [...document.querySelectorAll("main .is-wrong")].filter((field) => !field.querySelector("[aria-invalid=true]") && !field.matches("fieldset")).map((field) => `not marked as wrong: ${field.outerHTML.slice(0, 140)}`);
  const said = document.querySelector("main [role=alert]") ? [] : ["nothing says that something is wrong"];
  return [...words, ...links, ...marked, ...said];
}

async function look(page) {
  return [...await axeInBothThemes(page), ...await sideways(page)];
}

export async function run({ site, as, step }) {
  const options = { locale: "en-GB", reducedMotion: "reduce", viewport: WIDE };
  const people = {};
  for (const [name, who] of [["visitor"], ["leyla", "member"], ["anna", "practitioner"], ["marek", "moderator"], ["nora", "admin"], ["late", "keiko-morishima"]]) people[name] = await somebody(site, as, who, options);
  for (const one of Object.values(people)) one.page = await one.context.newPage();
  const world = { site, step, options, ...people };
  await forms(world, await prepared(world));
  await menus(world);
  await room(world);
}

/** What the forms stand on. */
async function prepared({ site, leyla, anna, marek, nora }) {
  await leyla.post("/settings/password", { password: "another long enough one" });
  const topic = found(await leyla.post("/spaces/1/topics", { title: "With mistakes", body: "A Post to edit.", tags: "" }), /(\/topics\/\d+)/);
  const post = found(await leyla.read(topic), /href="(\/posts\/\d+)\/edit"/);
  const board = (dots) => anna.post("/spaces/1/boards", { title: "With mistakes", question: "What goes wrong?", dots });
  const [write, group, vote] = [await board("5"), await board("5"), await board("1")];
  for (const one of [write, group, vote]) await leyla.post(`${one}/cards`, { text: "A card" });
  for (const one of [group, vote]) for (const to of ["reveal", "group"]) await anna.post(`${one}/phase`, { to });
  for (const one of [group, vote]) await anna.post(`${one}/groups`, { text: "A group", card: "" });
  await anna.post(`${vote}/phase`, { to: "vote" });
  const workshop = async () => found(await anna.post("/spaces/1/workshops/new", workshopForm(`With mistakes ${crypto.randomUUID().slice(0, 8)}`)), /(\/workshops\/\d+)/);
  const [running, over, cancelled] = [await workshop(), await workshop(), await workshop()];
  const move = async (of, what) => anna.post(`${of}/room/move`, { do: what, seen: found(await anna.read(`${of}/room`), /name="seen" value="(\d+)"/) });
  await move(running, "start");
  for (const what of ["start", "end"]) await move(over, what);
  const stage = (n, words) => ({ [`name-${n}`]: words, [`level-${n}`]: "city", [`closes-${n}`]: "2099-12-31", [`quorum-${n}`]: "1", [`disagree-${n}`]: "25", [`organisation-${n}`]: "" });
  const dialogue = async () => {
    const path = await marek.post("/spaces/1/dialogues", { title: "With mistakes", question: "What?", background: "So.", ...stage(1, "Below"), ...stage(2, "Above") });
    const all = stages(await marek.read(path));
    await leyla.post(`${all[0]}/contributions`, { text: "Something said.", entered_for: "" });
    return all;
  };
  const go = async (stage, states) => {
    for (const to of states) {
      if (to === "ratify") await marek.post(`${stage}/synthesis`, { "point-1": "It is so.", "cites-1": "1", version: found(await marek.read(`${stage}/synthesis`), /name="version" value="(\d+)"/) });
      if (to === "passed_on") await leyla.post(`${stage}/votes`, { version: found(await leyla.read(stage), /name="version" value="(\d+)"/), choice: "agree", reason: "" });
      await marek.post(`${stage}/state`, { to });
    }
  };
  const [gathering, summed, voted, passed] = [await dialogue(), await dialogue(), await dialogue(), await dialogue()];
  await go(summed[0], ["sum_up"]);
  await go(voted[0], ["sum_up", "ratify"]);
  await go(passed[0], ["sum_up", "ratify", "passed_on"]);
  const contribution = found(await leyla.read(gathering[0]), /href="(\/dialogues\/\d+\/contributions\/\d+)"/);
  const ends = found(await nora.read("/admin/invitations/new"), /name="ends"[^>]*value="([^"]+)"/);
  const linked = await nora.context.request.post(`${site.url}/admin/invitations`, { form: { uses: "3", language: "en", ends, key: crypto.randomUUID() }, headers: { "sec-fetch-site": "same-origin" } });
  const invited = found(await linked.text(), /value="[^"]*(\/invitations\/[\w-]+)"/);
  const card = found(await leyla.read(write), /id="card-(\d+)"/);
  const one = found(await anna.read(group), /id="group-title-(\d+)"/);
  return { topic, post, write, group, vote, card, one, running, over, cancelled, gathering: gathering[0], summed: summed[0], voted: voted[0], above: passed[1], contribution, invited };
}

/** Every form of the product that can be filled wrongly: its route, who sends it, where it stands, what is wrong.
 * `select` finds the form where the page has several; `meanwhile` happens between the page and the form. */
function wrongForms({ visitor, leyla, anna, marek, nora, late }, on) {
  const workshops = "/spaces/1/workshops/new";
  return [
    { route: "/register", who: visitor, on: "/register", fields: { password: "short" } },
    { route: "/register/again", who: visitor, on: "/confirm/never-was-one", fields: { email: "nowhere" } },
    { route: "/sign-in", who: visitor, on: "/sign-in", fields: { email: "nobody@people.example", password: "not the one" } },
    { route: "/sign-in/link", who: visitor, on: "/sign-in", select: "form[action='/sign-in']", fields: { email: "" } },
    { route: "/settings", who: leyla, on: "/settings", fields: { name: "" } },
    { route: "/settings", who: leyla, on: "/settings", fields: { zone: "Nowhere/At all", organisation: "987654321" } },
    { route: "/settings/password", who: leyla, on: "/settings", fields: { password: "short" } },
    { route: "/settings/address", who: leyla, on: "/settings/account", fields: { email: "nowhere" } },
    { route: "/settings/erase", who: leyla, on: "/settings/erase", fields: {} },
    { route: "/settings/prove", who: leyla, on: "/settings/prove", fields: { password: "not the one" } },
    { route: "/settings/mail", who: leyla, on: "/settings/mail", fields: { kind: "never heard of", hour: "99", weekday: "9" } },
    { route: "/admin/people/{handle}/role", who: nora, on: "/people/nora-feeney", fields: { role: "member" } },
    { route: "/admin/people/{handle}/measure", who: nora, on: "/admin/people/gerald-pichler", fields: { reason: "", until: "2001-01-01" } },
    { route: "/admin/people/{handle}/measure", who: nora, on: "/admin/people/gerald-pichler", fields: { measure: "silence", reason: "Too late", until: "2001-01-01" } },
    { route: "/admin/spaces", who: nora, on: "/admin/spaces/new", fields: { layer: "secret" } },
    { route: "/admin/spaces", who: nora, on: "/admin/spaces/new", fields: { "title-fr": "x".repeat(300), "purpose-en": "x".repeat(2000) } },
    { route: "/admin/spaces/{id}/archive", who: nora, on: "/admin/spaces", select: "form[action='/admin/spaces/1/archive']", fields: { do: "archive" } },
    { route: "/spaces/{id}/settings", who: nora, on: "/spaces/1/settings", fields: { "title-en": "", "title-fr": "" } },
    { route: "/spaces/{id}/people", who: nora, on: "/spaces/1/people", fields: { who: "nobody-here" } },
    { route: "/spaces/{id}/people/{handle}", who: nora, on: "/spaces/1/people", select: "form[action*='/people/']", fields: { do: "something else" } },
    { route: "/admin/organisations", who: nora, on: "/admin/organisations/new", fields: { name: "", country: "Austria", kind: "town" } },
    { route: "/organisations/{id}/edit", who: nora, on: "/organisations/1/edit", fields: { name: "", level: "planet", standing: "friend" } },
    { route: "/organisations/{id}/merge", who: nora, on: "/organisations/1/merge?into=2", fields: { into: "987654321" } },
    { route: "/admin/organisations/table", who: nora, on: "/admin/organisations/table", fields: { table: "name,kind,level,standing\nA,town,planet,friend" } },
    { route: "/admin/organisations/table", who: nora, on: "/admin/organisations/table", fields: { table: "" } },
    { route: "/admin/settings/names", who: nora, on: "/admin/settings/names", fields: { "name-en": "", main_language: "xx", zone: "Nowhere" } },
    { route: "/admin/settings/welcome", who: nora, on: "/admin/settings/welcome", fields: { "welcome-fr": "x".repeat(2000) } },
    { route: "/admin/settings/looks", who: nora, on: "/admin/settings/looks", fields: { accent: "#ffcc00", accent_dark: "#000000" } },
    { route: "/admin/settings/contact", who: nora, on: "/admin/settings/contact", fields: { contact: "nowhere" } },
    { route: "/admin/documents/{kind}", who: nora, on: "/admin/documents/imprint", fields: { version: "987654321", asks: "never heard of" } },
    // Who has not been here since the documents were published.
    { route: "/accept", who: late, on: "/accept" },
    { route: "/help", who: visitor, on: "/help" },
    { route: "/help", who: visitor, on: "/help?kind=report&about=https://elsewhere.example/", fields: { kind: "never heard of", email: "nowhere", text: "" } },
    { route: "/welcome", who: leyla, on: "/welcome", fields: { language: "tlh", zone: "Nowhere/At all", ask: "987654321" } },
    { route: "/welcome", who: leyla, on: "/welcome", fields: { kind: "never heard of", hour: "99", weekday: "9" } },
    { route: "/invitations/{token}", who: visitor, on: on.invited, fields: { name: "", email: "nowhere", password: "short" } },
    { route: "/admin/invitations", who: nora, on: "/admin/invitations/new", fields: { uses: "0", ends: "2020-01-01", organisation: "987654321", workshop: "987654321", language: "tlh" } },
    { route: "/admin/invitations", who: nora, on: "/admin/invitations/new", fields: { space: "987654321" } },
    { route: "/admin/invitations/table", who: nora, on: "/admin/invitations/table", fields: { table: "name,email\nA,nowhere" } },
    { route: "/admin/invitations/table", who: nora, on: "/admin/invitations/table", fields: { table: "", ends: "soon" } },
    { route: "/admin/invitations/{id}", who: nora, on: "/admin/invitations", select: "form[action^='/admin/invitations/']", fields: { do: "something else" } },
    { route: "/organisations/{id}/ask", who: leyla, on: "/organisations/1", fields: { words: "x".repeat(2000) } },
    { route: "/organisations/{id}/stewards", who: nora, on: "/organisations/1/edit", fields: { who: "nobody-here" } },
    { route: "/organisations/{id}/people/{handle}", who: nora, on: "/organisations/1", select: "form[action*='/people/']", fields: { do: "something else" } },
    { route: "/questions/{id}", who: nora, on: "/admin/people", select: "form[action^='/questions/']", fields: { answer: "perhaps" } },
    { route: "/spaces/{id}/topics", who: leyla, on: "/spaces/1/topics/new" },
    { route: "/topics/{id}/posts", who: leyla, on: on.topic },
    { route: "/topics/{id}/posts", who: leyla, on: `${on.post}/reply` },
    { route: "/posts/{id}/edit", who: leyla, on: `${on.post}/edit`, fields: { body: "" } },
    { route: "/posts/{id}/edit", who: leyla, on: `${on.post}/edit`, fields: { body: "Too late", version: "0" } },
    { route: "/spaces/{id}/boards", who: anna, on: "/spaces/1/boards/new", fields: { dots: "-1" } },
    { route: "/boards/{id}/cards", who: leyla, on: on.write },
    { route: "/boards/{id}/cards/{card}", who: leyla, on: on.write, select: `form[action$='/cards/${on.card}']`, fields: { do: "edit", text: "" } },
    { route: "/boards/{id}/groups", who: leyla, on: on.group },
    { route: "/boards/{id}/groups/{group}", who: leyla, on: `${on.group}/groups/${on.one}`, select: "form:has([value=rename])", fields: { do: "rename", text: "" } },
    { route: "/boards/{id}/votes", who: leyla, on: on.vote, fields: { change: "1" }, meanwhile: async () => leyla.post(`${on.vote}/votes`, { change: "1", target: found(await leyla.read(on.vote), /name="target" value="([^"]+)"/) }) },
    { route: "/boards/{id}/phase", who: anna, on: on.write, fields: { to: "discuss" } },
    { route: "/spaces/{id}/workshops/new", who: anna, on: workshops },
    { route: "/spaces/{id}/workshops/new", who: anna, on: workshops, fields: { ...workshopForm("Twice"), date: "2030-10-27", time: "02:30", zone: "Europe/Vienna" } },
    { route: "/spaces/{id}/workshops/new", who: anna, on: workshops, fields: { ...workshopForm("Never"), date: "2030-03-31", time: "02:30", zone: "Europe/Vienna" } },
    { route: "/spaces/{id}/workshops/new", who: anna, on: workshops, fields: { ...workshopForm("Odd"), zone: "Nowhere", language: "x", capacity: "-3", link: "ftp://no", facilitators: "nobody-here", question2: "", minutes3: "0" } },
    { route: "/workshops/{id}/edit", who: anna, on: `${on.running}/edit`, fields: { title: "", body: "" } },
    { route: "/workshops/{id}/register", who: leyla, on: on.cancelled, meanwhile: () => anna.post(`${on.cancelled}/cancel`) },
    { route: "/workshops/{id}/room/move", who: anna, on: `${on.running}/room`, fields: { seen: "0", do: "next" } },
    { route: "/workshops/{id}/room/say", who: anna, on: `${on.running}/room` },
    { route: "/workshops/{id}/minutes", who: anna, on: `${on.over}/minutes`, fields: { title: "", body: "" } },
    { route: "/spaces/{id}/dialogues", who: marek, on: "/spaces/1/dialogues/new" },
    { route: "/spaces/{id}/dialogues", who: marek, on: "/spaces/1/dialogues/new", fields: { title: "One", question: "One?", background: "One.", "name-1": "Alone", "closes-1": "yesterday" } },
    { route: "/dialogues/{id}/stages/{stage}/contributions", who: leyla, on: on.gathering },
    { route: "/dialogues/{id}/stages/{stage}/contributions", who: marek, on: on.gathering },
    { route: "/dialogues/{id}/stages/{stage}/state", who: marek, on: on.summed, fields: { to: "ratify" } },
    { route: "/dialogues/{id}/stages/{stage}/synthesis", who: marek, on: `${on.summed}/synthesis`, fields: { "point-1": "It rests on nothing.", "cites-1": "99" } },
    { route: "/dialogues/{id}/stages/{stage}/votes", who: leyla, on: on.voted, fields: { choice: "block", reason: "" } },
    { route: "/dialogues/{id}/stages/{stage}/votes", who: leyla, on: on.voted },
    { route: "/dialogues/{id}/stages/{stage}/answers", who: marek, on: on.above, fields: { kind: "declined", text: "" } },
    { route: "/dialogues/{id}/stages/{stage}/answers", who: marek, on: on.above, fields: { text: "Nothing chosen" } },
    { route: "/dialogues/{id}/contributions/{contribution}/comments", who: leyla, on: on.contribution },
  ];
}

async function forms({ site, step, ...people }, on) {
  const table = wrongForms(people, on);
  await step("every form of the route table is looked at in error, or has nothing that could be wrong", () => {
    const known = [...table.map((row) => row.route), ...BUTTONS_ALONE, ...NO_FORM, ...Object.keys(SAME_AS)];
    const routes = site.routes.filter((route) => route.method === "POST").map((route) => route.path);
    const [missing, gone] = [routes.filter((path) => !known.includes(path)), known.filter((path) => !routes.includes(path))];
    if (missing.length + gone.length) throw new Error(`say how they are in error: ${missing.join(", ")}; not routes any more: ${gone.join(", ")}`);
  });
  for (const { route, who, on: path, select, fields = {}, meanwhile } of table) {
    await step(`in error: ${route} as ${who.who}, ${JSON.stringify(fields).slice(0, 60)}`, async () => {
      const { page } = who;
      const to = new RegExp(`^${route.replace(/\{\w+\}/g, "[^/]+")}$`);
      await page.goto(site.url + path);
      await meanwhile?.();
      const isOurs = (response) => response.request().method() === "POST" && response.request().isNavigationRequest();
      const sent = page.evaluate(fillAndSend, { select, to: to.source, path: select && !route.includes("{") ? route : null, fields });
      const [response] = await Promise.all([page.waitForResponse(isOurs), page.waitForNavigation(), sent]);
      if (!to.test(new URL(response.url()).pathname)) throw new Error(`it was sent to ${response.url()}`);
      if (response.status() !== 422) throw new Error(`answered ${response.status()}, not 422: ${await page.locator("main").innerText()}`);
      nothing(new Map([[path, [...await look(page), ...await page.evaluate(unlinked)]]]));
    });
  }
}

/** Fills the one form of a page that goes to a route, and sends it past every module and every check of the browser. */
function fillAndSend({ select, to, path, fields }) {
  const forms = [...document.querySelectorAll(select ?? "main form[method=post]")];
  const form = select ? forms[0] : forms.find((form) => new RegExp(to).test(new URL(form.action).pathname));
  if (!form) throw new Error(`there is no form to ${to} on ${location.pathname}`);
  if (select && path) form.action = path;
  for (const field of form.querySelectorAll("textarea, input:not([type=hidden], [type=radio], [type=checkbox])")) if (!(field.name in fields) && Object.keys(fields).length === 0) field.value = "";
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    const all = field instanceof RadioNodeList ? [...field] : field ? [field] : [];
    const radio = all.find((one) => one.type === "radio" && one.value === value);
    if (radio) radio.checked = true;
    else if (field?.matches?.("textarea, input:not([type=checkbox], [type=date], [type=number], [type=time])")) field.value = value;
    else if (field?.matches?.("select") && [...field.options].some((option) => option.value === value)) field.value = value;
    else {
      for (const one of all) one.remove();
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  }
  HTMLFormElement.prototype.submit.call(form);
}

/** Opens everything that opens on a page, one after the other, and looks. */
async function opened(page, seen) {
  const found = [];
  const kinds = "main details, header details, [popover], dialog, [aria-haspopup]";
  const count = await page.locator(kinds).count();
  for (let at = 0; at < count; at += 1) {
    const what = await page.locator(kinds).nth(at).evaluate((one) => {
      if (!one.checkVisibility() && !one.matches("dialog, [popover]")) return null;
      const kind = `${one.tagName} ${one.className} ${one.querySelector("summary")?.textContent.replace(/\d+|\s+/g, " ").slice(0, 16) ?? ""} in ${one.closest("[class]:not(details)")?.className}`;
      return kind;
    });
    if (!what || seen.has(what)) continue;
    seen.add(what);
    const turn = (open) => page.locator(kinds).nth(at).evaluate((one, open) => {
      if (one.matches("details")) one.open = open;
      else if (one.matches("dialog")) open ? one.showModal() : one.close();
      else if (one.matches("[popover]")) one.togglePopover(open);
      else one.click();
    }, open);
    await turn(true);
    found.push(...(await look(page)).map((words) => `${what} open: ${words}`));
    await turn(false);
  }
  return found;
}

async function menus({ site, step, leyla, anna, marek, nora }) {
  const board = await anna.post("/spaces/1/boards", { title: "With dialogs", question: "What opens?", dots: "5" });
  await leyla.post(`${board}/cards`, { text: "A card with a menu" });
  const topic = found(await leyla.post("/spaces/1/topics", { title: "With menus", body: "Here.", tags: "" }), /(\/topics\/\d+)/);
  for (const [who, paths] of [[leyla, ["/", topic, board]], [anna, ["/spaces/1/workshops/new"]], [marek, [topic]], [nora, ["/admin/people"]]]) {
    await step(`menus as ${who.who}: axe finds nothing when they are open`, async () => {
      const all = new Map();
      const seen = new Set();
      for (const path of paths) {
        await who.page.goto(site.url + path);
        all.set(path, await opened(who.page, seen));
      }
      if (!seen.size) throw new Error("nothing opens there");
      nothing(all);
    });
  }
  for (const to of ["reveal", "group"]) await anna.post(`${board}/phase`, { to });
  await anna.post(`${board}/groups`, { text: "A group", card: "" });
  for (const [who, size] of [[leyla, WIDE], [leyla, PHONE], [marek, WIDE]]) {
    for (const button of [/^Move to/, /^Change/]) {
      await step(`the dialog of ${button} as ${who.who}, ${size.width} px wide`, async () => {
        const { page } = who;
        await page.setViewportSize(size);
        await page.goto(site.url + board);
        await page.getByRole("button", { name: button }).first().click();
        await page.getByRole("dialog").waitFor();
        nothing(new Map([[board, await look(page)]]));
        await page.setViewportSize(WIDE);
      });
    }
  }
}

/** A Workshop from before its beginning to its end, as who leads and who takes part, on a screen and a phone. */
async function room({ site, step, leyla, anna }) {
  const made = found(await anna.post("/spaces/1/workshops/new", workshopForm("In each phase")), /(\/workshops\/\d+)/);
  await leyla.post(`${made}/register`);
  const path = `${made}/room`;
  for (const one of [anna, leyla]) {
    await one.page.setViewportSize(WIDE);
    await one.page.goto(site.url + path);
    await one.page.waitForSelector("html[data-live]");
  }
  const look_ = (what, until) => step(`the room, ${what}: axe finds nothing for who leads and who takes part, wide and on a phone`, async () => {
    const all = new Map();
    for (const one of [anna, leyla]) {
      if (until) await one.page.locator(until).waitFor({ state: "attached" });
      for (const size of [WIDE, PHONE]) {
        await one.page.setViewportSize(size);
        all.set(`${what} as ${one.who}, ${size.width} px`, await look(one.page));
      }
      all.set(`${what} as ${one.who}, what opens`, await opened(one.page, new Set()));
      await one.page.setViewportSize(WIDE);
    }
    nothing(all);
  });
  const move = async (what) => anna.post(`${path}/move`, { do: what, seen: found(await anna.read(path), /name="seen" value="(\d+)"/) });
  await leyla.post(`${path}/say`, { words: "Good morning" });
  await look_("before it begins", "#chat li");
  await move("start");
  await leyla.post(`${path}/hand`, { do: "raise" });
  await look_("its first part, with a hand raised", "#room-hands:not([hidden]) li");
  await move("pause");
  await look_("in a break", "#room-clock .time");
  await move("resume");
  await move("next");
  const board = `/boards/${found(await anna.read(path), /data-board="(\d+)"/)}`;
  for (const who of [leyla, anna]) await who.post(`${board}/cards`, { text: `A card of ${who.who}` });
  await look_("write", "[data-phase=write] .card");
  await anna.post(`${board}/phase`, { to: "reveal" });
  await look_("reveal", "[data-phase=reveal]");
  await anna.post(`${board}/phase`, { to: "group" });
  await anna.post(`${board}/groups`, { text: "A group", card: found(await anna.read(path), /data-card="(\d+)"/) });
  await look_("group", "[data-phase=group] .group .card");
  await anna.post(`${board}/phase`, { to: "vote" });
  await leyla.post(`${board}/votes`, { change: "1", target: found(await leyla.read(path), /name="target" value="([^"]+)"/) });
  await look_("vote", "[data-phase=vote]");
  await anna.post(`${board}/phase`, { to: "discuss" });
  await look_("discuss", "[data-phase=discuss]");
  await move("next");
  await look_("its last part", "#room-activity:not(:has([data-board]))");
  await step("End asks once; its answer ends the workshop", async () => {
    const end = anna.page.getByRole("button", { name: "End the workshop" });
    if (await end.isVisible()) throw new Error("nothing asks");
    await anna.page.locator("#room-lead details.menu > summary").click();
    await end.click();
    await anna.page.getByRole("button", { name: "Open again" }).waitFor();
  });
  await look_("over", "#room-agenda li:last-child.done");
  await anna.post(`${made}/minutes`, { title: "Minutes", body: "We met.", decided: "A door" });
  await look_("with its minutes", "#room-activity a[href^='/topics/']");
}
