/** How many messages each person has not seen. Told by the server, or asked for every three seconds. */

import { api } from "./api.js";
import { Stream } from "./stream.js";

const POLL_MS = 3000;

export class Unread extends EventTarget {
  #counts = new Map();
  #stream = null;
  #timer = 0;
  #told = true;

  constructor(people) {
    super();
    this.people = people;
  }

  of(uid) {
    return this.#counts.get(uid) ?? 0;
  }

  /** Everybody's count except those of `shown`. */
  outside(shown) {
    return this.people.reduce((sum, { id }) => sum + (shown.includes(id) ? 0 : this.of(id)), 0);
  }

  set(uid, count) {
    if (this.of(uid) === count) return;
    this.#counts.set(uid, count);
    this.dispatchEvent(new Event("change"));
  }

  watch() {
    if (this.#stream || this.#timer) return;
    if (this.#told) this.#listen();
    else this.#poll();
  }

  rest() {
    this.#stream?.close();
    this.#stream = null;
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #listen() {
    const refused = () => {
      this.#told = false;
      this.#stream = null;
      this.#poll();
    };
    const unread = ({ user_id, unread: count }) => this.set(user_id, count);
    this.#stream = new Stream(api.unreadUrl, { unread }, { refused });
  }

  async #poll() {
    await Promise.allSettled(this.people.map((person) => this.#ask(person.id)));
    this.#timer = setTimeout(() => this.#poll(), POLL_MS);
  }

  async #ask(uid) {
    const chats = await api.chats(uid);
    this.set(uid, chats.reduce((sum, chat) => sum + chat.unread, 0));
  }
}
