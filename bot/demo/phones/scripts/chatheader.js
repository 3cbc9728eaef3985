/** The bar over the log: the bot's name, what it is doing, and the pinned message. */

import { gist } from "./attachment.js";
import { button, element } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, fullName } from "./person.js";
import { words } from "./words.js";

const ACTION_MS = 5000;
const ACTIONS = {
  upload_document: "actionDocument",
  upload_photo: "actionPhoto",
  record_voice: "actionVoice",
  upload_voice: "actionVoice",
};

export class ChatHeader {
  #timer = 0;
  #connected = true;
  #pinned = undefined;

  /** `pressed.more` opens the chat's menu, `pressed.pinned(id)` shows the pinned message. */
  constructor(bot, pressed) {
    this.pressed = pressed;
    this.status = element("span", { class: "status", "data-testid": "status" });
    const names = element("span", { class: "nameplate" }, element("span", { class: "name" }, element("bdi", {}, fullName(bot))), this.status);
    const more = button({ class: "round", "aria-label": words.say("more"), "data-testid": "more", onclick: pressed.more }, icon("more"));
    this.pinned = element("div", { class: "pinned", "data-testid": "pinned", hidden: true });
    this.element = element("header", { class: "chat-header" }, element("div", { class: "bar" }, avatar(bot), names, more), this.pinned);
    this.rest();
  }

  /** Shows for a moment that the bot is busy. */
  act(action) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.rest(), ACTION_MS);
    this.#say(words.say(ACTIONS[action] ?? "actionTyping"), true);
  }

  /** Back to saying that it is a bot, or that the line is down. */
  rest() {
    clearTimeout(this.#timer);
    this.#say(words.say(this.#connected ? "bot" : "connecting"), false);
  }

  connected(connected) {
    this.#connected = connected;
    this.rest();
  }

  /** The pinned message has changed, or is gone (null). */
  repin(id, message) {
    if (id === this.#pinned) this.pin(message);
  }

  pin(message) {
    this.#pinned = message?.message_id;
    this.pinned.hidden = !message;
    if (!message) return;
    const text = element("span", { class: "gist", dir: "auto" }, gist(message).replace(/\s+/g, " "));
    const title = element("span", { class: "name" }, words.say("pinned"));
    const press = () => this.pressed.pinned(message.message_id);
    this.pinned.replaceChildren(button({ onclick: press }, element("span", { class: "about" }, title, text), icon("pin")));
  }

  #say(text, busy) {
    this.status.textContent = text;
    this.status.classList.toggle("busy", busy);
  }
}
