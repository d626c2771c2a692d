// The pages of the route table: those without an object, and samples of the others, found by following links.

// Never pages of the site: files, sockets, links of mails, raw mail, feeds for machines.
const NOT_PAGES = ["/admin/log.csv", "/settings/data/{id}", "/static/{hash}/{*name}", "/logo/{name}", "/health", "/ready", "/live", "/demo/as/{handle}",
  // fragments that a module fetches into its page
  "/boards/{id}/panel", "/dialogues/{id}/panel", "/dialogues/{id}/stages/{stage}/panel", "/workshops/{id}/room/activity"];
// Pages that only a mail's link opens; `journeys/join` comes there by the mail. `/accept` stands before whoever has still to
// accept a document: `60-states` is there.
export const BY_MAIL = ["/address/{token}", "/address/undo/{token}", "/settings/prove/{token}", "/confirm/{token}", "/sign-in/{token}", "/accept"];
const SAMPLES = 2;
// Where each looks different from the next: a Board or a Stage in each phase, Workshops past, now and to come.
const MORE = { "/boards/{id}": 8, "/dialogues/{id}/stages/{stage}": 6, "/workshops": 2, "/workshops/{id}": 18, "/workshops/{id}/room": 4 };

export function templates(site) {
  return site.routes.filter((route) => route.method === "GET" && !NOT_PAGES.includes(route.path)).map((route) => route.path);
}

/// The template a path belongs to; the one with the fewest placeholders.
export function templateOf(site, path) {
  const parts = path.split(/[?#]/)[0].split("/");
  const fits = (template) => {
    const own = template.split("/");
    return own.length === parts.length && own.every((part, at) => part.startsWith("{") || part === parts[at]);
  };
  const found = site.routes.filter((route) => route.method === "GET" && fits(route.path)).map((route) => route.path);
  return found.sort((one, other) => one.split("{").length - other.split("{").length)[0];
}

/// Visits pages as whoever the context is, found from the menus' pages and from `start`; calls
/// `visit(page, path, template, answer)` for each that is HTML.
export async function crawl(site, context, visit, start = []) {
  const seen = new Map();
  const wanted = (template) => MORE[template] ?? (template.includes("{") ? SAMPLES : 1);
  const queue = [...templates(site).filter((template) => !template.includes("{")), ...start];
  const asked = new Set(queue);
  const page = await context.newPage();
  const tell = { path: "" };
  for (let at = 0; at < queue.length; at++) {
    const path = queue[at];
    const template = templateOf(site, path);
    if (!template || NOT_PAGES.includes(template) || (seen.get(template) ?? 0) >= wanted(template)) continue;
    tell.path = path;
    const answer = await page.goto(site.url + path).catch((error) => {
      if (/ERR_ABORTED|Download is starting/.test(error.message)) return null;
      throw error;
    });
    const landed = answer && new URL(page.url()).pathname;
    // Sent elsewhere (to sign in, to home): nothing of this route was seen.
    if (!answer || answer.status() !== 200 || !/html/.test(answer.headers()["content-type"] ?? "") || templateOf(site, landed) !== template) continue;
    seen.set(template, (seen.get(template) ?? 0) + 1);
    // A mail's own page forbids all scripts, axe's too: looked at without its policy.
    if (/sandbox/.test(answer.headers()["content-security-policy"] ?? "")) {
      const html = await answer.text();
      await page.goto("about:blank");
      await page.setContent(html);
    }
    await visit(page, path, template, answer);
    const links = await page.$$eval("a[href], iframe[src], button[formaction]", (all) => all.flatMap((one) =>
      one.localName !== "button" ? [one.href ?? one.src] : one.form?.method === "get" ? [one.formAction] : []));
    for (const link of links.filter((link) => link.startsWith(site.url))) {
      const next = link.slice(site.url.length).split("#")[0] || "/";
      // A readable address has a short one beside it: /topics/4/a-slug, /topics/4.
      const short = next.replace(/\/[^/]*$/, "");
      if (/\/\d+$/.test(short) && !asked.has(short)) {
        asked.add(short);
        queue.push(short);
      }
      if (!asked.has(next) && !/\.(ics|eml|atom|json|pdf|csv|md)(\?|$)/.test(next)) {
        asked.add(next);
        queue.push(next);
      }
    }
  }
  await page.close();
  return seen;
}
