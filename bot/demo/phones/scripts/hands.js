/** What a person can do in a chat; a refusal becomes a toast. */

import { attach } from "./attach.js";
import { copy } from "./clipboard.js";
import { words } from "./words.js";

/** A phone number that belongs to this sample person alone. */
function ownNumber({ id }) {
  return `+86138${String(id).slice(-8).padStart(8, "0")}`;
}

export class Hands {
  /** Set by the conversation: what happens on the screen itself. */
  reply = () => {};
  jump = () => {};
  lastFromBot = () => undefined;

  constructor(chat, overlay) {
    this.chat = chat;
    this.overlay = overlay;
    this.me = chat.me;
    this.bot = chat.bot;
  }

  fileUrl(fileId) {
    return this.chat.fileUrl(fileId);
  }

  busy(message, data) {
    return this.chat.taps.busy(message.message_id, data);
  }

  tap(message, data) {
    return this.#try(this.chat.taps.tap(message.message_id, data));
  }

  act(act, body) {
    return this.#try(this.chat.act(act, body));
  }

  send(text, replyTo) {
    return this.act("send", { text, reply_to: replyTo });
  }

  async start(payload) {
    const started = await this.act("start", payload ? { payload } : {});
    if (started) await this.#try(this.chat.refresh());
  }

  /** Stops the bot, or lets it back in and greets it. */
  async block() {
    if (await this.act("block")) await this.#try(this.chat.refresh());
  }

  async restart() {
    if (await this.act("unblock")) await this.start();
  }

  sendFile(file, as) {
    return this.#try(this.chat.sendFile(file, as));
  }

  attach() {
    attach(this, this.overlay);
  }

  shareContact() {
    const phone = ownNumber(this.me);
    const { first_name, last_name } = this.me;
    const share = () => this.act("contact", { phone_number: phone, first_name, last_name });
    this.overlay.ask(words.say("shareQuestion", { phone }), "share", [words.say("cancel"), () => {}], [words.say("share"), share]);
  }

  async copy(text) {
    await this.#try(copy(text).then(() => this.say(words.say("copied"))));
  }

  say(text) {
    this.overlay.toast(text);
  }

  lacking() {
    this.say(words.say("notHere"));
  }

  /** The promise's value, true for none; null after a refusal, which is shown. */
  async #try(promise) {
    try {
      return (await promise) ?? true;
    } catch (error) {
      this.say(error.message || words.say("failed"));
      return null;
    }
  }
}
