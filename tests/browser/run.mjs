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

/** One test of a journey: what it throws is reported and kept in `failures`, and the journey goes on. */
const stepOf = (journey, result) => async (words, fn) => {
  const began = Date.now();
  try {
    await fn();
    result.passed++;
    console.log(`${journey}  ok      ${words} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    result.failures.push(`${journey}  FAILED  ${words}\n${String(error.message ?? error).replace(/^/gm, "          ")}`);
    console.log(result.failures.at(-1));
  }
};

const files = (await readdir(new URL("journeys/", here))).filter((file) => file.endsWith(".mjs")).sort();
// Pictures are for people: made when asked for by name.
const wanted = files.filter((file) => (args.length === 0 ? !file.includes("pictures") : args.some((part) => file.includes(part))));

/** Walks one journey; how many steps passed, and what failed. */
async function walk(file, site, browser) {
  const result = { file, passed: 0, failures: [] };
  const journey = await import(new URL(`journeys/${file}`, here));
  const step = stepOf(file.split("-")[0], result);
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
  return result;
}

/** Walks journeys until none is left, one after the other against one demo. */
async function work(files) {
  const site = await openSite(running);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  const results = [];
  try {
    for (let file = files.shift(); file; file = files.shift()) results.push(await walk(file, site, browser));
  } finally {
    await browser.close();
    await site.close();
  }
  return results;
}

// Two at a time, each with a demo of its own: journeys disturb one another only where they share one.
const jobs = Math.min(running ? 1 : 2, wanted.length);
const results = (await Promise.all(Array.from({ length: jobs }, () => work(wanted)))).flat();

// What failed is walked once more, alone, against a fresh demo. What passes then is named: it is unsteady, which is a
// defect of the test or of the program to be found, yet not one that hides whether all the rest is well.
const broken = results.filter((result) => result.failures.length > 0);
if (broken.length > 0) console.log(`\nonce more, alone: ${broken.map((result) => result.file).join(", ")}`);
const again = broken.length > 0 ? await work(broken.map((result) => result.file)) : [];
for (const result of broken) {
  const second = again.find((one) => one.file === result.file);
  if (second.failures.length === 0) console.log(result.failures.map((words) => `UNSTEADY: passed when walked once more\n${words}`).join("\n"));
  Object.assign(result, second);
}
const failures = results.flatMap((result) => result.failures);
// Said again where one looks: at the end.
if (failures.length > 0) console.log(`\n${failures.join("\n")}`);
console.log(`browser: ${results.reduce((sum, result) => sum + result.passed, 0)} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
