// Starts a demo of its own and runs the journeys in Chromium, each on a fresh set of browsers.
// `node tests/browser/run.mjs live` runs those whose file begins with "live".
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const folder = new URL("./journeys/", import.meta.url);
const program = new URL("../../target/debug/plenary", import.meta.url).pathname;
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const data = mkdtempSync(join(tmpdir(), "plenary-demo-"));
const target = process.env.CARGO_TARGET_DIR ? join(process.env.CARGO_TARGET_DIR, "debug/plenary") : program;

const demo = spawn(target, ["demo", "--fresh", "--json", "--port", "0", "--data", data, "--limits", "off"], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, RUST_LOG: "warn" } });
const site = await new Promise((resolve, reject) => {
  let text = "";
  demo.stdout.on("data", (chunk) => { text += chunk; if (text.includes("\n")) resolve(JSON.parse(text)); });
  demo.on("exit", (code) => reject(new Error(`the demo ended with ${code}`)));
});

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
let passed = 0;
const failed = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith(".mjs")).sort()) {
  if (process.argv[2] && !file.startsWith(process.argv[2])) continue;
  const journey = await import(new URL(file, folder));
  const contexts = [];
  const troubles = [];
  /** A browser signed in as a role of the demo or as a handle; `null` is a Visitor. */
  const as = async (who, options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && !/40[134]|410|422/.test(message.text()) && troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(String(error)));
    if (who) await page.goto(site.sign_in[who] ?? site.as.replace("{handle}", who));
    return page;
  };
  const started = Date.now();
  try {
    await journey.run({ site, as });
    if (troubles.length) throw new Error(`the console said:\n${troubles.join("\n")}`);
    passed += 1;
    console.log(`ok      ${journey.name} (${Date.now() - started} ms)`);
  } catch (error) {
    failed.push(journey.name);
    console.log(`FAILED  ${journey.name}\n${error.stack ?? error}`);
  }
  for (const context of contexts) await context.close();
}
await browser.close();
demo.kill("SIGTERM");
await new Promise((resolve) => demo.on("exit", resolve));
rmSync(data, { recursive: true, force: true });
if (failed.length) console.log(`\nfailed: ${failed.join(", ")}`);
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exit(failed.length || !passed ? 1 : 0);
