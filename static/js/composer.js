// The composer: answers in place, keeps what was typed, shows the reply at once and replaces it by the real one.
import { each } from "./parts.js";
import { unfold } from "./put.js";

function row(text) {
  const item = document.createElement("li");
  item.className = "post is-pending";
  const body = document.createElement("div");
  body.className = "prose";
  body.textContent = text;
  item.append(body);
  return item;
}

function start(form) {
  const text = form.elements.body;
  const home = form.previousElementSibling;
  const store = `draft:${location.pathname}`;
  text.value ||= localStorage.getItem(store) ?? "";
  let busy = false;

  const fail = (words) => {
    let note = form.querySelector("[data-failed]");
    if (!note) {
      note = document.createElement("p");
      note.className = "error";
      note.dataset.failed = "";
      note.setAttribute("role", "alert");
      form.prepend(note);
    }
    note.textContent = words;
  };

  const open = (number) => {
    form.elements.parent.value = number ?? "";
    const post = number && document.getElementById(`p${number}`);
    const place = post && (post.matches("article") ? post : post.querySelector("article"));
    (place ?? home).after(form);
    text.focus();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reply]");
    if (!link || !form.isConnected || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(link.dataset.reply);
  });

  text.addEventListener("input", () => localStorage.setItem(store, text.value));
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === "Escape") open(null);
  });

  const preview = async () => {
    const answer = await fetch("/preview", { method: "POST", body: new URLSearchParams({ body: text.value }) }).catch(() => null);
    if (!answer?.ok) return fail(form.dataset.failed);
    let shown = form.querySelector(".prose");
    if (!shown) form.append((shown = Object.assign(document.createElement("div"), { className: "prose panel" })));
    shown.innerHTML = await answer.text();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (event.submitter?.value === "preview") return preview();
    if (busy || !text.value.trim()) return text.focus();
    busy = true;
    const list = document.getElementById(`r${form.elements.parent.value || 1}`) ?? document.getElementById("r1");
    const pending = row(text.value);
    list.append(pending);
    unfold(pending);
    const sent = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "x-plenary": "1", accept: "application/json" } }).catch(() => null);
    busy = false;
    const said = await answer?.json().catch(() => null);
    if (!answer?.ok || !said) {
      pending.remove();
      return fail(said?.wrong ?? form.dataset.failed);
    }
    // Stored: only now does the text leave the browser.
    localStorage.removeItem(store);
    text.value = "";
    form.querySelector("[data-failed]")?.remove();
    form.querySelector(".prose")?.remove();
    form.elements.key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    open(null);
    if (document.getElementById(`p${said.number}`)) return pending.remove();
    pending.id = `p${said.number}`;
    pending.dataset.key = "~";
    if (!document.documentElement.dataset.live) location.href = said.href;
  });
}

each("[data-composer]", start);

// Where a post is edited or answered on a page of its own, the keys send the form as it is.
document.addEventListener("keydown", (event) => {
  const own = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.("form.composer:not([data-composer]) textarea")?.form;
  if (!own) return;
  event.preventDefault();
  own.requestSubmit(own.querySelector(".button.main"));
});
