// The demo under test: started on a free port with a data folder of its own, and stopped.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PLENARY = join(ROOT, "target/debug/plenary");
// Seeding in an unoptimised build on a busy machine.
const READY = 300_000;

export async function openSite(running) {
  const routes = JSON.parse((await promisify(execFile)(PLENARY, ["routes", "--json"], { cwd: ROOT, maxBuffer: 1 << 24 })).stdout);
  // A page that the demo alone has.
  routes.push({ method: "GET", path: "/styleguide", who: "everyone" });
  if (running) return site(JSON.parse(await readFile(running, "utf8")), routes, async () => {});
  const data = await mkdtemp(join(tmpdir(), "plenary-browser-"));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PLENARY_")));
  const args = ["demo", "--fresh", "--json", "--port", "0", "--data", data, "--limits", "off"];
  const program = spawn(PLENARY, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => program.once("exit", done));
  const stop = async () => {
    program.kill("SIGTERM");
    await Promise.race([ended, new Promise((done) => setTimeout(done, 15_000))]);
    program.kill("SIGKILL");
    await rm(data, { recursive: true, force: true });
  };
  process.once("SIGINT", () => stop().then(() => process.exit(130)));
  const line = await Promise.race([
    new Promise((done) => createInterface({ input: program.stdout }).once("line", done)),
    ended.then((code) => { throw new Error(`plenary demo ended with ${code}`); }),
    new Promise((_, no) => setTimeout(() => no(new Error("plenary demo was not ready in time")), READY).unref()),
  ]);
  return site(JSON.parse(line), routes, stop);
}

function site(said, routes, close) {
  return {
    ...said,
    routes,
    close,
    // Opens the ready link of a role, or of any handle.
    async signIn(context, who) {
      const page = await context.newPage();
      const link = said.sign_in[who] ?? said.as.replace("{handle}", who);
      const answer = await page.goto(link);
      if (!answer.ok()) throw new Error(`${link} answered ${answer.status()}: is the demo seeded?`);
      await page.close();
    },
  };
}
