/** The demo's time: the imitation's clock where it can be read, this machine's otherwise. */

import { api } from "./api.js";

const DAY = 86_400;

class Clock extends EventTarget {
  movable = false;
  timeZone = undefined;
  #ahead = 0;
  #minute = 0;

  now() {
    return Date.now() + this.#ahead;
  }

  /** Reads the server's clock; without one the page simply shows the real time. */
  async load() {
    const answer = await api.clock().catch(() => null);
    if (!answer) return;
    this.movable = answer.movable === true;
    this.timeZone = answer.timezone;
    this.set(answer.now);
  }

  set(iso) {
    this.#ahead = Date.parse(iso) - Date.now();
    this.#tick();
  }

  async advance(days) {
    await api.advance(days * DAY);
    await this.load();
  }

  run() {
    setInterval(() => this.#tick(), 1000);
  }

  #tick() {
    const minute = Math.floor(this.now() / 60_000);
    if (minute === this.#minute) return;
    this.#minute = minute;
    this.dispatchEvent(new Event("change"));
  }
}

export const clock = new Clock();
