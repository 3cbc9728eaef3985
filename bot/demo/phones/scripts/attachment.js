/** What a message carries besides text: files, pictures, places, people, voices. */

import { button, element } from "./dom.js";
import { duration, size } from "./format.js";
import { icon } from "./icons.js";
import { leaving, parse } from "./links.js";
import { avatar, fullName } from "./person.js";
import { words } from "./words.js";

const KINDS = { xlsx: "table", xls: "table", csv: "table", pdf: "print" };
const BARS = 28;

function caption(title, ...details) {
  const lines = details.filter(Boolean).map((line) => element("span", { class: "detail" }, line));
  return element("span", { class: "about" }, element("span", { class: "title" }, element("bdi", {}, title)), ...lines);
}

function documentCard({ file_id, file_name, file_size }, chat) {
  const name = file_name ?? words.say("document");
  const ending = /\.([a-z\d]{1,5})$/i.exec(name)?.[1].toLowerCase() ?? "";
  const badge = element("span", { class: `file ${KINDS[ending] ?? "other"}`, "aria-hidden": "true" }, ending || icon("document"));
  const attributes = { class: "attachment", href: chat.fileUrl(file_id), download: name };
  return element("a", attributes, badge, caption(name, size(file_size ?? 0)));
}

function photo(sizes, chat) {
  const { file_id, width, height } = sizes.at(-1);
  const address = chat.fileUrl(file_id);
  const image = element("img", { src: address, alt: words.say("photo"), width, height });
  return element("a", { class: "photo", href: address, target: "_blank", rel: "noopener" }, image);
}

function place({ latitude, longitude }, venue) {
  const address = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}&zoom=14`;
  const map = element("span", { class: "map", "aria-hidden": "true" }, element("span", { class: "needle" }, icon("location")));
  const point = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const about = caption(venue?.title ?? words.say("location"), venue?.address, point);
  return element("a", { class: "place", ...leaving(parse(address)) }, map, about);
}

function contactCard(contact) {
  const person = { ...contact, id: contact.user_id };
  const url = parse(`tel:${contact.phone_number.replace(/[^\d+]/g, "")}`);
  return element("a", { class: "attachment", ...leaving(url) }, avatar(person), caption(fullName(person), contact.phone_number));
}

/** Bars that look like this voice and no other: drawn from its id. */
function waveform(seed) {
  const bars = Array.from({ length: BARS }, (_, index) => {
    const bar = element("i");
    const code = seed.charCodeAt(index % seed.length) * (index + 7);
    bar.style.setProperty("--height", `${4 + (code % 15)}px`);
    return bar;
  });
  return element("span", { class: "wave", "aria-hidden": "true" }, ...bars);
}

function voice({ file_id, duration: seconds }, chat) {
  const audio = new Audio();
  audio.preload = "none";
  audio.src = chat.fileUrl(file_id);
  const play = button({ class: "play", "aria-label": words.say("play") }, icon("play"));
  const dress = () => {
    const name = audio.paused ? "play" : "pause";
    play.setAttribute("aria-label", words.say(name));
    play.replaceChildren(icon(name));
  };
  for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, dress);
  play.addEventListener("click", () => (audio.paused ? audio.play().catch(() => chat.say(words.say("failed"))) : audio.pause()));
  const about = element("span", { class: "about" }, waveform(file_id), element("span", { class: "detail" }, duration(seconds)));
  return element("span", { class: "attachment" }, play, about);
}

const KNOWN = ["text", "document", "photo", "venue", "location", "contact", "voice"];

/** The node of the message's attachment, or null. */
export function attachment(message, chat) {
  if (message.document) return documentCard(message.document, chat);
  if (message.photo) return photo(message.photo, chat);
  if (message.location) return place(message.location, message.venue);
  if (message.contact) return contactCard(message.contact);
  if (message.voice) return voice(message.voice, chat);
  if (!KNOWN.some((kind) => kind in message)) return element("em", { class: "unsupported" }, words.say("unsupported"));
  return null;
}

/** One line that stands for the message: in quotes, in the pinned bar. */
export function gist(message) {
  const text = message.text ?? message.caption;
  if (text) return text;
  const kind = ["document", "photo", "location", "contact", "voice"].find((name) => name in message);
  return kind === "document" ? (message.document.file_name ?? words.say(kind)) : words.say(kind ?? "message");
}
