// The live line: one socket a tab, resumed from the last number of each Room. The protocol is docs/live-protocol.md.
import { put } from "./put.js";
import { isWriting, refetch, stale } from "./refetch.js";

const PING = 30_000;
const PATIENCE = 10_000;
const POLL = 15_000;
const rooms = new Map(); // room → the number of its last entry on this page
let epoch = document.body.dataset.epoch;
let socket = null;
let failures = 0;
let timer = null; // the one timer of reconnecting and polling
let pong = null;
let lastReset = 0;

/** The Rooms that a part of the page needs. A Room that is listened to already goes on from where it is. */
function readRooms(part) {
  for (const said of (part.dataset.rooms ?? "").split(" ").filter(Boolean)) {
    const [room, number] = said.split("=");
    if (!rooms.has(room)) rooms.set(room, number);
  }
}

function hello() {
  send({ hello: { epoch, rooms: Object.fromEntries(rooms) } });
}

export function send(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function hear(message) {
  if (message.pong) return clearTimeout(pong);
  if (message.here || message.typing) return document.dispatchEvent(new CustomEvent("plenary:here", { detail: message }));
  if (message.epoch) return (epoch = message.epoch);
  if (message.gone) return rooms.delete(message.room);
  if (message.reset) return reset();
  if (!message.things) return;
  stale();
  for (const thing of message.things) put(thing, message.n, message.room);
  rooms.set(message.room, message.n);
}

/** The journal no longer knows: load the part anew, past every cache, unless somebody is writing. */
async function reset() {
  if (Date.now() - lastReset < PATIENCE) return;
  lastReset = Date.now();
  const answer = await fetch(location.href, { cache: "reload" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = fresh.getElementById("main");
  if (!answer.ok || !main) return;
  epoch = fresh.body.dataset.epoch;
  rooms.clear();
  readRooms(main);
  hello();
  // What is being written is waited for.
  if (isWriting()) return refetch({ id: "main", dataset: {} }, "");
  document.getElementById("main").replaceWith(main);
  main.dispatchEvent(new CustomEvent("plenary:put", { bubbles: true }));
}

function later(work, delay) {
  clearTimeout(timer);
  timer = setTimeout(work, delay);
}

function connect() {
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
  socket.addEventListener("open", () => {
    failures = 0;
    document.documentElement.dataset.live = "on";
    hello();
  });
  socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  socket.addEventListener("close", () => {
    delete document.documentElement.dataset.live;
    clearTimeout(pong);
    failures += 1;
    // Nobody comes back at the same moment as all others; past three failures a poor network is asked by plain HTTP.
    const wait = Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random());
    later(failures > 3 ? poll : connect, wait);
  });
}

async function poll() {
  const list = [...rooms].map(([room, number]) => `${room}=${number}`).join(",");
  const answer = await fetch(`/live?rooms=${encodeURIComponent(list)}&epoch=${encodeURIComponent(epoch)}`).catch(() => null);
  if (answer?.ok) for (const one of (await answer.json()).rooms) hear(one);
  failures += 1;
  later(failures % 4 ? poll : connect, POLL);
}

/** A fragment that came can need further Rooms: it says which, and from which number. */
document.addEventListener("plenary:put", ({ target }) => {
  if (!target.dataset.rooms) return;
  readRooms(target);
  hello();
});

readRooms(document.getElementById("main"));
if (rooms.size && "WebSocket" in window) {
  connect();
  setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    send({ ping: {} });
    clearTimeout(pong);
    pong = setTimeout(() => socket.close(), PATIENCE);
  }, PING);
  const back = () => document.visibilityState === "visible" && socket.readyState === WebSocket.CLOSED && later(connect, 0);
  addEventListener("online", back);
  document.addEventListener("visibilitychange", back);
}
