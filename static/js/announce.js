// One hidden polite announcer: the first new thing by its author and text, then how many more, at most one every few
// seconds; focus never moves.
import { words } from "./words.js";

const PAUSE = 4000;
const announcer = document.getElementById("announcer");
let waiting = [];
let timer = null;

function speak() {
  if (!announcer || !waiting.length) return (timer = null);
  announcer.textContent = waiting.length === 1 ? waiting[0] : words(announcer, "more", waiting.length);
  waiting = [];
  timer = setTimeout(speak, PAUSE);
}

export function announce(text) {
  waiting.push(text);
  timer ??= setTimeout(speak, 0);
}

/** What one's own act came to, or what changes everything: said as it is and at once, instead of what waits. */
export function say(text) {
  waiting = [text];
  clearTimeout(timer);
  speak();
}
