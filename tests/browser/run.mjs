// Runs the journeys of journeys/*.mjs, two at a time, each against a fresh demo, in Debian's Chromium.
//
//   node run.mjs [part of a file's name …] [--site FILE]
//
// A journey exports `name` and `run({ site, browser, as, step })`. `as("member")` is a browser context signed in as
// that role (or as a handle; `as()` is a Visitor); `step(words, fn)` is one test: what it throws is reported and the
// journey goes on. --site takes a file with the line that `plenary demo --json` printed, for a demo that runs already.
import { readdir } from "node:fs/promises";
import { chromium } from "playwright-core";
import { openSite } from "./site.mjs";

const here = new URL(".", import.meta.url);
const args = process.argv.slice(2);
const at = args.indexOf("--site");
const running = at >= 0 ? args.splice(at, 2)[1] : undefined;

const CHROMIUM = process.env.PLENARY_CHROMIUM || "/usr/bin/chromium";
const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const counts = { passed: 0, failed: 0 };

/** One test of a journey: what it throws is reported, and the journey goes on. */
const stepOf = (journey) => async (words, fn) => {
  const began = Date.now();
  try {
    await fn();
    counts.passed++;
    console.log(`${journey}  ok      ${words} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    counts.failed++;
    console.log(`${journey}  FAILED  ${words}\n${String(error.message ?? error).replace(/^/gm, "          ")}`);
  }
};

const files = (await readdir(new URL("journeys/", here))).filter((file) => file.endsWith(".mjs")).sort();
// Pictures are for people: made when asked for by name.
const wanted = files.filter((file) => (args.length === 0 ? !file.includes("pictures") : args.some((part) => file.includes(part))));

/** Runs journeys until none is left, one after the other against one demo. */
async function work() {
  const site = await openSite(running);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  try {
    for (let file = wanted.shift(); file; file = wanted.shift()) {
      const journey = await import(new URL(`journeys/${file}`, here));
      const step = stepOf(file.split("-")[0]);
      console.log(`${file.split("-")[0]}  ${journey.name}`);
      const opened = [];
      const as = async (who, options) => {
        const context = await browser.newContext(options);
        opened.push(context);
        if (who) await site.signIn(context, who);
        return context;
      };
      try {
        await journey.run({ site, browser, as, step });
      } catch (error) {
        await step(`${file} ran to its end`, () => { throw error; });
      }
      await Promise.all(opened.map((context) => context.close()));
    }
  } finally {
    await browser.close();
    await site.close();
  }
}

// Two at a time, each with a demo of its own: journeys disturb one another only where they share one.
const jobs = Math.min(running ? 1 : 2, wanted.length);
await Promise.all(Array.from({ length: jobs }, work));
console.log(`browser: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;
