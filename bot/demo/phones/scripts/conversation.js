/** A person's chat on a phone's screen: header, log and composer around one Chat. */

import { Chat } from "./chat.js";
import { ChatHeader } from "./chatheader.js";
import { Composer } from "./composer.js";
import { element } from "./dom.js";
import { Hands } from "./hands.js";
import { Log } from "./log.js";
import { avatar } from "./person.js";
import { parse, startPayload } from "./links.js";
import { words } from "./words.js";

const READ_MS = 300;

function welcome(bot) {
  const title = element("strong", {}, words.say("emptyTitle"));
  const card = element("div", { class: "welcome" }, avatar(bot), title, element("span", {}, words.say("emptyText")));
  return element("div", { class: "empty", hidden: true }, card);
}

export class Conversation {
  #readTimer = 0;

  /** `read` is called when this person has seen everything. */
  constructor(person, bot, overlay, read) {
    this.chat = new Chat(person, bot);
    this.overlay = overlay;
    this.read = read;
    this.hands = new Hands(this.chat, overlay);
    this.log = new Log(this.hands);
    this.composer = new Composer(this.hands);
    this.header = new ChatHeader(bot, { more: () => this.#more(), pinned: (id) => this.log.jump(id) });
    this.empty = welcome(bot);
    this.log.element.append(this.empty);
    this.element = element("div", { class: "conversation" }, this.header.element, this.log.element, this.composer.element);
    this.hands.reply = (message) => {
      this.composer.replyTo(message);
      this.composer.focus();
    };
    this.hands.jump = (id) => this.log.jump(id);
    this.hands.lastFromBot = () => this.log.newest((message) => message.from.id === bot.id);
    this.#listen();
  }

  tick() {
    this.log.tick();
  }

  wake() {
    this.chat.wake();
  }

  sleep() {
    clearTimeout(this.#readTimer);
    this.chat.sleep();
  }

  #listen() {
    const on = (name, handle) => this.chat.addEventListener(name, (event) => handle(event.detail));
    on("state", (state) => this.#state(state));
    on("message", (message) => this.#message(message));
    on("edited", (message) => this.#edited(message));
    on("deleted", ({ message_id }) => this.#deleted(message_id));
    on("action", ({ action }) => this.header.act(action));
    on("commands", ({ commands }) => this.composer.useCommands(commands));
    on("reply_keyboard", ({ markup }) => this.composer.useMarkup(markup));
    on("answer", (answer) => this.#answer(answer));
    on("pinned", ({ message }) => this.header.pin(message));
    on("line", (connected) => this.header.connected(connected));
    on("busy", () => this.log.markBusy());
  }

  #state({ chat, messages, commands, reply_keyboard, started, blocked }) {
    this.log.replace(messages);
    this.composer.useCommands(commands);
    this.composer.useMarkup(reply_keyboard);
    this.header.pin(chat.pinned_message);
    this.empty.hidden = started || messages.length > 0;
    if (blocked) this.composer.stand("restart", () => this.hands.restart());
    else this.composer.stand(started ? null : "start", () => this.hands.start());
    this.#seen();
  }

  #message(message) {
    this.empty.hidden = true;
    this.log.put(message);
    if (message.from.id === this.chat.me.id) return;
    this.header.rest();
    this.composer.heard(message);
    this.#seen();
  }

  #edited(message) {
    this.log.put(message);
    this.header.repin(message.message_id, message);
  }

  #deleted(id) {
    this.log.remove(id);
    this.header.repin(id, null);
  }

  #answer({ text, show_alert, url }) {
    if (text && show_alert) this.overlay.alert(text);
    else if (text) this.overlay.toast(text);
    const address = url ? parse(url) : null;
    const payload = address ? startPayload(address, this.chat.bot) : null;
    if (payload !== null) this.hands.start(payload);
    else if (address) window.open(address.href, "_blank", "noopener");
  }

  /** Tells the server, a moment later and once for a burst, that all has been seen. */
  #seen() {
    clearTimeout(this.#readTimer);
    this.#readTimer = setTimeout(() => this.chat.act("read").then(this.read, () => {}), READ_MS);
  }

  #more() {
    this.overlay.ask(words.say("blockQuestion"), "bot-menu", [words.say("cancel"), () => {}], [words.say("block"), () => this.hands.block()]);
  }
}
