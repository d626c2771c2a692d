// The scrubber of a long Topic: follows what one reads; a click on it goes there. Its numbers are those of Posts.
import { each } from "./parts.js";

const LINE = 160; // px from the top of the window: where one reads

each("[data-scrub]", (scrub) => {
  const track = scrub.querySelector("svg");
  const [dot, text] = [track.querySelector("circle"), track.querySelector("text")];
  let total = Number(scrub.dataset.total);
  let waits = false;

  const follow = () => {
    waits = false;
    const above = [...document.querySelectorAll(".post[data-number]")].filter((post) => post.getClientRects().length && post.getBoundingClientRect().top <= LINE);
    const number = Number(above.at(-1)?.dataset.number ?? 1);
    const place = `${(((number - 1) * 100) / (total - 1)).toFixed(1)}%`;
    dot.setAttribute("cy", place);
    text.setAttribute("y", place);
    text.textContent = scrub.dataset.words.replace("{n}", number).replace("{total}", total);
  };

  addEventListener("scroll", () => {
    if (!waits) requestAnimationFrame(follow);
    waits = true;
  }, { passive: true });

  track.addEventListener("click", (event) => {
    const box = track.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
    const number = 1 + Math.round(share * (total - 1));
    const post = document.getElementById(`p${number}`);
    if (post) post.scrollIntoView({ block: "start" });
    else location.href = `?post=${number}#p${number}`;
  });

  // A newer Post came: the end has moved.
  document.addEventListener("plenary:put", ({ target }) => {
    const number = Number(target.dataset?.number ?? 0);
    if (number <= total) return;
    total = number;
    scrub.querySelector("[data-end]").href = `?post=${total}#p${total}`;
    follow();
  });

  follow();
});
