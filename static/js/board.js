// A Board in place: its forms are sent without leaving the page, and what has a page of its own ("Move to…") opens as a
// dialog. The same forms work without this module.
import { say } from "./announce.js";
import { parse, refetch } from "./refetch.js";

/** The panel that a form belongs to: around it, or behind the dialog. */
const panelOf = (element) => element.closest("[data-board]") ?? (element.closest("dialog[data-for]") && document.getElementById(element.closest("dialog").dataset.for));

const anew = (panel) => refetch(panel, `/boards/${panel.dataset.board}/panel`);

/** Sends a form's fields; what the server said: `n`, the number of the entry, or `wrong`, words. */
export async function send(panel, action, fields) {
  const answer = await fetch(action, { method: "POST", body: fields, headers: { "x-plenary": "1", accept: "application/json" } }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  return answer?.ok && said ? said : { wrong: said?.wrong ?? panel.dataset.failed };
}

/** Says what went wrong, at the top of the Board or the dialog. */
export function fail(around, words) {
  const place = around.querySelector(".board") ?? around;
  place.querySelector(":scope > [data-wrong]")?.remove();
  const note = Object.assign(document.createElement("p"), { className: "notice bad", textContent: words });
  note.dataset.wrong = "";
  note.setAttribute("role", "alert");
  place.prepend(note);
}

/** Sends a form; what came of it is shown by the panel fetched anew. */
async function submit(form, button, panel) {
  const action = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.set(button.name, button.value);
  // Each press is an act of its own; a card is not sent twice.
  if (form.matches(".vote")) fields.set("key", `${Date.now()}-${Math.random()}`);
  const dialog = form.closest("dialog");
  const text = form.querySelector("textarea, input:not([type=hidden])");
  const said = await send(panel, action, fields);
  if (said.wrong) return fail(dialog ?? panel, said.wrong);
  if (form.matches(".write, .new")) form.reset();
  if (text) text.value = text.defaultValue = form.matches(".write, .new") ? "" : text.value;
  dialog?.close();
  if (form.matches(".write")) text.focus();
  await anew(panel);
  const moved = fields.get("do") === "move" ? action.split("/").pop() : fields.get("card");
  const card = moved && document.getElementById(`card-${moved}`);
  if (card) say(`${card.querySelector("p").textContent}: ${card.closest(".group")?.querySelector("h2").textContent ?? "–"}`);
  if (form.matches(".write")) say(document.getElementById(`board-count-${panel.dataset.board}`)?.textContent ?? "");
}

/** Opens a page's part as a dialog over the Board. */
async function open(panel, action, from) {
  const answer = await fetch(action).catch(() => null);
  const part = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-dialog]");
  if (!part) return fail(panel, panel.dataset.failed);
  const dialog = parse('<dialog class="dialog"></dialog>');
  dialog.dataset.for = panel.id;
  part.className = "stack";
  const title = part.querySelector("h1");
  title.id = "dialog-title";
  dialog.setAttribute("aria-labelledby", title.id);
  part.querySelector("nav")?.remove();
  dialog.append(part);
  dialog.addEventListener("close", () => {
    dialog.remove();
    document.getElementById(from)?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  const panel = panelOf(form);
  if (!panel || !("showModal" in HTMLDialogElement.prototype)) return;
  event.preventDefault();
  if (form.method !== "get") return submit(form, button, panel);
  open(panel, button.formAction, button.id);
});

// A new phase, and how many dots are left, is told.
document.addEventListener("plenary:put", (event) => {
  const [was, is] = [event.detail?.was, event.target].map((panel) => panel?.querySelector?.(".phase p")?.textContent);
  if (event.target.matches?.("[data-board]") && was && was !== is) say(is);
});
