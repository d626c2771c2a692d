// The room's clock: the server's deadline, shown by the server's time. Its end moves nothing.
const SOON = 60_000;
let offset = null; // how far the server's clock is ahead of this device's

function learn() {
  const room = document.querySelector(".room[data-now]");
  if (room && offset === null) offset = Number(room.dataset.now) - (performance.timeOrigin + performance.getEntriesByType("navigation")[0]?.responseStart || Date.now());
}

function face(left) {
  const seconds = Math.floor(Math.abs(left) / 1000);
  const two = (number) => String(number).padStart(2, "0");
  return `${left < 0 && seconds ? "−" : ""}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

function show() {
  const clock = document.getElementById("room-clock");
  const time = clock?.querySelector(".time");
  if (!time || !clock.dataset.deadline || offset === null) return;
  const left = Number(clock.dataset.deadline) - (Date.now() + offset);
  const words = face(left);
  if (time.textContent !== words) time.textContent = words;
  clock.classList.toggle("over", left < 0);
  clock.classList.toggle("ending", left >= 0 && left < SOON);
}

/** After a sleep, or when the device's clock was set: the offset anew, from the Date of any answer (whole seconds). */
async function relearn() {
  if (document.visibilityState !== "visible") return;
  const asked = Date.now();
  const answer = await fetch("/health", { cache: "no-store" }).catch(() => null);
  const date = Date.parse(answer?.headers.get("date") ?? "");
  const fresh = date + 500 - (asked + Date.now()) / 2;
  if (date && Math.abs(fresh - offset) > 2000) offset = fresh;
  show();
}

learn();
if (offset !== null) {
  show();
  setInterval(show, 250);
  document.addEventListener("visibilitychange", relearn);
  document.addEventListener("plenary:put", show);
}
