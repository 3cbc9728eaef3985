/** One person's chat with the bot: what they do in it, and what happens to it. */

import { api } from "./api.js";
import { clock } from "./clock.js";
import { Stream } from "./stream.js";
import { Taps } from "./taps.js";

/** Events: `state` (detail: the whole chat), `message`, `edited`, `deleted`, `pinned`, `action`, `commands`, `reply_keyboard`, `answer`, `line`, `busy`. */
export class Chat extends EventTarget {
  #stream = null;
  #held = null;

  constructor(person, bot) {
    super();
    this.me = person;
    this.bot = bot;
    this.taps = new Taps((messageId, data) => this.act("tap", { message_id: messageId, data }));
    this.taps.addEventListener("change", () => this.#tell("busy"));
  }

  act(act, body) {
    return api.act(this.me.id, act, body);
  }

  sendFile(file, as) {
    return api.sendFile(this.me.id, file, as);
  }

  fileUrl(fileId) {
    return api.fileUrl(this.me.id, fileId);
  }

  wake() {
    const names = ["message", "edited", "deleted", "pinned", "action", "commands", "reply_keyboard", "answer", "clock"];
    const handlers = Object.fromEntries(names.map((name) => [name, (data) => this.#received(name, data)]));
    const opened = () => this.#opened();
    this.#stream ??= new Stream(api.eventsUrl(this.me.id), handlers, { opened, lost: () => this.#tell("line", false) });
  }

  sleep() {
    this.#stream?.close();
    this.#stream = null;
  }

  /** Reads the chat anew; what happens meanwhile waits and is played afterwards. */
  async refresh() {
    const stream = this.#stream;
    const held = [];
    this.#held = held;
    try {
      const state = await api.chat(this.me.id);
      if (stream === this.#stream) this.#tell("state", state);
    } finally {
      if (this.#held === held) this.#held = null;
    }
    for (const [name, data] of held) this.#tell(name, data);
  }

  async #opened() {
    this.#tell("line", true);
    await this.refresh().catch(() => this.#tell("line", false));
  }

  #received(name, data) {
    if (name === "answer") this.taps.answered(data.callback_query_id);
    if (name === "clock") clock.set(data.now);
    const chatId = data.chat_id ?? data.chat?.id ?? this.me.id;
    if (chatId !== this.me.id) return;
    if (this.#held) this.#held.push([name, data]);
    else this.#tell(name, data);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
