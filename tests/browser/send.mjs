// What somebody does without a browser's page: the site's own forms, sent by HTTP with their cookies.

/// Somebody with a context of their own: `{ context, post, open }`.
export async function somebody(site, as, who, options) {
  const context = await as(who, options);
  const headers = { "sec-fetch-site": "same-origin", accept: "text/html" };
  return {
    who: who ?? "visitor",
    context,
    /// Sends a form; where the answer leads, if anywhere. What is not done is an error.
    async post(path, fields = {}) {
      const form = { key: crypto.randomUUID(), ...fields };
      const answer = await context.request.post(site.url + path, { form, headers, maxRedirects: 0 });
      if (![303, 204].includes(answer.status())) throw new Error(`POST ${path} ${JSON.stringify(fields)} as ${who}: ${answer.status()}\n${words(await answer.text())}`);
      return answer.headers().location?.replace(site.url, "");
    },
    /// A page's HTML.
    async read(path) {
      const answer = await context.request.get(site.url + path);
      if (!answer.ok()) throw new Error(`GET ${path} as ${who}: ${answer.status()}`);
      return answer.text();
    },
  };
}

/// What a page in error says.
function words(html) {
  return (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").slice(0, 400);
}

/// The first group of a pattern in a text.
export function found(text, pattern) {
  const match = pattern.exec(text);
  if (!match) throw new Error(`${pattern} is not in\n${words(text)}`);
  return match[1];
}

/// The Stages that a Dialogue's page links to, in the order they were made: from below to above, however the page shows them.
export function stages(html) {
  const paths = [...html.matchAll(/href="(\/dialogues\/\d+\/stages\/\d+)"/g)].map((match) => match[1]);
  const number = (path) => Number(path.split("/").at(-1));
  return [...new Set(paths)].sort((one, other) => number(one) - number(other));
}

/// A Workshop's form, filled: it has begun a minute ago in UTC, with a brainstorm after a round of introductions.
export function workshopForm(title) {
  const [date, time] = new Date(Date.now() - 60_000).toISOString().split("T");
  return {
    title, body: "We look at what was written.", date, time: time.slice(0, 5), zone: "UTC", minutes: "90", capacity: "", weeks: "1", language: "en",
    link: "", facilitators: "", title1: "Who is here", kind1: "talk", minutes1: "5", question1: "",
    title2: "Ideas", kind2: "brainstorm", minutes2: "20", question2: "What would help?",
    title3: "Going on", kind3: "discussion", minutes3: "5", question3: "",
  };
}

/// The link in the newest mail to an address, from the demo's mailbox.
export async function linkTo(site, context, email) {
  const end = Date.now() + 10_000;
  while (Date.now() < end) {
    const mails = await (await context.request.get(`${site.url}${site.mailbox}?format=json`)).json();
    const mail = mails.find((one) => one.to.includes(email));
    if (!mail) { await new Promise((done) => setTimeout(done, 100)); continue; }
    const text = (await (await context.request.get(`${site.url}/mail/${mail.id}.eml`)).text()).replace(/=\r?\n/g, "").replace(/=3D/g, "=");
    return found(text, /(http:\/\/\S+\/confirm\/[^\s"<]+)/);
  }
  throw new Error(`no mail to ${email}`);
}
