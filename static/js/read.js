// A Post counts as read when it was on screen a moment, not because the page was opened.
import { each } from "./parts.js";

const MOMENT = 1500;
const SEND = 2000;

function start(page) {
  const read = new Set();
  let waiting = [];
  let timer = null;

  const flush = () => {
    timer = null;
    if (!waiting.length) return;
    const body = new URLSearchParams({ numbers: waiting.join(",") });
    waiting = [];
    fetch(`/topics/${page.dataset.topic}/read`, { method: "POST", body, keepalive: true }).catch(() => {});
  };

  const seen = new Map();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(seen.get(target));
      const number = target.closest("[data-number]")?.dataset.number;
      if (!isIntersecting || !number || read.has(number)) continue;
      seen.set(target, setTimeout(() => {
        read.add(number);
        waiting.push(number);
        observer.unobserve(target);
        timer ??= setTimeout(flush, SEND);
      }, MOMENT));
    }
  });

  const watch = (root) => {
    const posts = [root, ...root.querySelectorAll("[data-number]")].filter((one) => one.matches?.("[data-number]"));
    for (const post of posts) observer.observe(post.querySelector(".prose") ?? post);
  };
  watch(page);
  document.addEventListener("plenary:put", ({ target }) => page.contains(target) && watch(target));
  addEventListener("pagehide", flush);
}

if ("IntersectionObserver" in window) each("[data-reads]", start);
