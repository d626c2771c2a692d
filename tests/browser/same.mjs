// Stale and fresh are the same: pages are open, somebody acts, and what the live line made of each page is compared
// with the page loaded anew in a second tab.
//
// Ignored is only: how times are told, keys of forms, numbers of entries and Rooms, the running clock, who is here and
// who types (presence is no entry), where the Tab key stands, marks of what was read meanwhile, and what says in the rail where one is in a Topic: when
// it began, from a dozen Posts on the scrubber, which a page has from its next load on; when a session was last used, which
// is a book and no entry; that something of the machine is wrong. A "1 new reply" is pressed.
import { readFile, readdir } from "node:fs/promises";
import { found } from "./send.mjs";

export const PATIENCE = 20_000;
/** How long a page is given before it is compared with one that was loaded later: what both read meanwhile changes both. */
const LOOK = 2000;

/** The kinds of entries that the program can write, from its source. */
export async function kinds() {
  const src = new URL("../../src/", import.meta.url);
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
  for (const pill of document.querySelectorAll("[data-pill]")) pill.click();
  const copy = document.createElement("div");
  copy.append(...["bell", "main"].map((id) => document.getElementById(id)?.cloneNode(true)).filter(Boolean));
  for (const time of copy.querySelectorAll("time")) { time.textContent = time.dateTime; time.removeAttribute("title"); }
  for (const gone of copy.querySelectorAll("[data-pill], .next, [data-where], [data-here], [data-typing], [data-used], [data-well], [data-here-count], [data-here-names], .clock .time")) gone.remove();
  for (const key of copy.querySelectorAll("input[name=key]")) key.removeAttribute("value");
  for (const one of copy.querySelectorAll("[tabindex]")) one.removeAttribute("tabindex");
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

export async function load(page, address) {
  await page.goto(address);
  await page.waitForSelector("html[data-live]");
}

/** A page that stays open. */
export async function open(site, person, path) {
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

/** Whether a page that stayed open becomes what it is when loaded anew; what differs, if it does not. */
export async function becomes(watch) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const fresh = await anew(watch);
    const is = `(${shown})() === ${JSON.stringify(fresh)}`;
    const same = await watch.page.waitForFunction(is, null, { timeout: LOOK }).then(() => true, () => false);
    if (same) return { fresh };
    const stale = await now(watch);
    if (Date.now() < end || stale === fresh) continue;
    const wrong = `${watch.path} as ${watch.person.who}\n${difference(stale, fresh)}`;
    await load(watch.page, watch.address); // what comes next is looked at by itself
    return { fresh, wrong };
  }
}

/** Somebody acts: every page that is open becomes what it is when loaded anew; at least one changes. */
export const comparing = (step, acted) => (words, watches, act) => step(words, async () => {
  acted.add(words);
  const before = await Promise.all(watches.map(now));
  await act();
  const results = await Promise.all(watches.map(becomes));
  const wrong = results.map((one) => one.wrong).filter(Boolean);
  if (!results.some((one, at) => one.fresh !== before[at])) wrong.push("nothing changed anywhere: was it done?");
  if (wrong.length) throw new Error(wrong.join("\n"));
});
