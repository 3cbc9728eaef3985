/** Taps on callback buttons that wait for the bot's answer. A second tap is sent too, as Telegram does. */

const PATIENCE_MS = 10_000;
const REMEMBERED = 100;

export class Taps extends EventTarget {
  #waiting = new Map();
  #early = new Set();

  /** `send(messageId, data)` gives `{callback_query_id}`. */
  constructor(send) {
    super();
    this.send = send;
  }

  busy(messageId, data) {
    return [...this.#waiting.values()].some((tap) => tap.messageId === messageId && tap.data === data);
  }

  async tap(messageId, data) {
    const mark = Symbol("tap");
    this.#begin(mark, messageId, data);
    try {
      const { callback_query_id: id } = await this.send(messageId, data);
      if (this.#early.delete(id)) this.#end(mark);
      else this.#rename(mark, id);
    } catch (error) {
      this.#end(mark);
      throw error;
    }
  }

  /** The bot answered; the answer may overtake the reply to the tap itself. */
  answered(id) {
    if (this.#end(id)) return;
    this.#early.add(id);
    if (this.#early.size > REMEMBERED) this.#early.delete(this.#early.values().next().value);
  }

  #begin(mark, messageId, data) {
    const tap = { messageId, data, key: mark };
    tap.timer = setTimeout(() => this.#end(tap.key), PATIENCE_MS);
    this.#waiting.set(mark, tap);
    this.dispatchEvent(new Event("change"));
  }

  #rename(mark, id) {
    const tap = this.#waiting.get(mark);
    if (!tap) return;
    this.#waiting.delete(mark);
    tap.key = id;
    this.#waiting.set(id, tap);
  }

  #end(key) {
    const tap = this.#waiting.get(key);
    if (!tap) return false;
    clearTimeout(tap.timer);
    this.#waiting.delete(key);
    this.dispatchEvent(new Event("change"));
    return true;
  }
}
