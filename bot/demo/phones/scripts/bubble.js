/** One message in the log. */

import { attachment, gist } from "./attachment.js";
import { button, element } from "./dom.js";
import { formatted } from "./entities.js";
import { time } from "./format.js";
import { icon } from "./icons.js";
import { keyboard } from "./keyboard.js";
import { fullName } from "./person.js";
import { words } from "./words.js";

const HOLD_MS = 500;
const SWIPE = 56;

function origin(forward) {
  const from = forward.sender_user ?? forward.sender_chat ?? forward.chat;
  const name = from ? (from.title ?? fullName(from)) : forward.sender_user_name;
  return element("div", { class: "origin" }, words.say("forwarded", { name }));
}

function quoted(message, chat) {
  const attributes = { class: "quoted", onclick: () => chat.jump(message.message_id) };
  const name = element("bdi", { class: "name" }, fullName(message.from));
  return button(attributes, name, element("span", { class: "gist", dir: "auto" }, gist(message)));
}

function meta(message, own) {
  const edited = message.edit_date ? element("span", { class: "edited" }, words.say("edited")) : null;
  const stamp = element("time", { datetime: new Date(message.date * 1000).toISOString() }, time(message.date * 1000));
  return element("span", { class: "meta" }, edited, stamp, own ? icon("checks") : null);
}

/** Double click, long press and a swipe to the left all mean: reply. */
function repliable(node, reply) {
  let hold = 0;
  let from = null;
  const stop = () => {
    clearTimeout(hold);
    from = null;
    node.style.removeProperty("--pull");
  };
  node.addEventListener("dblclick", reply);
  node.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    from = event;
    hold = setTimeout(() => {
      stop();
      reply();
    }, HOLD_MS);
  });
  node.addEventListener("pointermove", (event) => {
    if (!from) return;
    const pulled = from.clientX - event.clientX;
    if (Math.abs(pulled) > 8 || Math.abs(from.clientY - event.clientY) > 8) clearTimeout(hold);
    node.style.setProperty("--pull", `${-Math.max(0, Math.min(pulled, SWIPE + 12))}px`);
    if (pulled < SWIPE) return;
    stop();
    reply();
  });
  for (const name of ["pointerup", "pointercancel"]) node.addEventListener(name, stop);
}

function bubble(message, chat, own) {
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const media = attachment(message, chat);
  const classes = ["bubble", media && !text ? "bare" : "", message.photo ? "pictured" : ""].filter(Boolean);
  const body = text ? element("div", { class: "text" }, formatted(text, entities, chat), meta(message, own)) : meta(message, own);
  return element(
    "div",
    { class: classes.join(" "), "data-testid": "bubble" },
    message.forward_origin ? origin(message.forward_origin) : null,
    message.reply_to_message ? quoted(message.reply_to_message, chat) : null,
    media,
    body,
  );
}

function service(message) {
  const text = words.say("pinnedBy", { name: fullName(message.from) });
  return element("div", { class: "row service", "data-message-id": message.message_id }, element("span", { class: "pill" }, text));
}

/** The row of a message: bubble, keyboard, and a button to reply with. */
export function row(message, chat) {
  if (message.pinned_message) return service(message);
  const own = message.from.id === chat.me.id;
  const shown = bubble(message, chat, own);
  const reply = () => chat.reply(message);
  const keys = keyboard(message, chat);
  const answer = button({ class: "answer", "aria-label": words.say("reply"), onclick: reply }, icon("reply"));
  const stack = element("div", { class: keys ? "stack wide" : "stack" }, shown, keys);
  const classes = ["row", own ? "own" : "other", message.has_protected_content ? "protected" : ""];
  repliable(shown, reply);
  return element("div", { class: classes.filter(Boolean).join(" "), "data-message-id": message.message_id }, stack, answer);
}
