// Who is here, and who is typing: true for a moment, then forgotten.
import { send } from "./live.js";

const TYPING = 5000;
let silence = null;
let said = 0;

document.addEventListener("plenary:here", ({ detail }) => {
  const [here, typing] = ["[data-here]", "[data-typing]"].map((mark) => document.querySelector(mark));
  if (detail.here && here) {
    here.hidden = detail.here.count < 2;
    here.textContent = (here.dataset.words ?? "").replace("{names}", detail.here.names.join(", "));
  }
  if (detail.typing && typing) {
    typing.hidden = false;
    typing.textContent = (typing.dataset.words ?? "").replace("{name}", detail.typing.name);
    clearTimeout(silence);
    silence = setTimeout(() => (typing.hidden = true), TYPING);
  }
});

// What was being written has arrived.
document.addEventListener("plenary:put", () => document.querySelector("[data-typing]")?.setAttribute("hidden", ""));

document.addEventListener("input", (event) => {
  const topic = document.getElementById("posts")?.dataset.topic;
  if (!topic || !event.target.closest("[data-composer]") || Date.now() - said < TYPING / 2) return;
  said = Date.now();
  send({ typing: { room: `topic:${topic}` } });
});
