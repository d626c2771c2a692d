// Times near by are told relatively; the absolute one, in the reader's zone, moves into the title.
const WEEK = 7 * 24 * 3600;
const STEPS = [[60, 1, "second"], [3600, 60, "minute"], [86400, 3600, "hour"], [WEEK, 86400, "day"]];

const relative = "RelativeTimeFormat" in Intl ? new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" }) : null;

/** The relative words for a moment, or nothing where it is too far away. */
export function near(at, now = Date.now()) {
  const seconds = Math.round((at - now) / 1000);
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  return step && relative ? relative.format(Math.trunc(seconds / step[1]), step[2]) : null;
}

/** Retells every time below an element. */
export function retell(root = document) {
  for (const time of root.querySelectorAll("time[datetime]:not([data-fixed])")) {
    time.title ||= time.textContent;
    time.textContent = near(Date.parse(time.dateTime)) ?? time.title;
  }
}

retell();
setInterval(retell, 60_000);
document.addEventListener("plenary:put", (event) => retell(event.target));
