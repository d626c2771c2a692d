// Keys while reading: n or j goes to the next unread Post, k to the one before. Dead while something is being typed.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const back = event.key === "k";
  if (!["n", "j", "k"].includes(event.key)) return;
  const posts = [...document.querySelectorAll(".post.is-new")];
  if (back) posts.reverse();
  const edge = (post) => post.getBoundingClientRect().top;
  const next = posts.find((post) => (back ? edge(post) < -4 : edge(post) > 120));
  if (!next) return;
  next.setAttribute("tabindex", "-1");
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
});
