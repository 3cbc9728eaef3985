/** The messages of a chat: kept in order, grouped, and at the bottom unless someone scrolled up. */

import { row } from "./bubble.js";
import { button, element } from "./dom.js";
import { day, dayKey } from "./format.js";
import { icon } from "./icons.js";
import { arrive, leave, notice } from "./motion.js";
import { words } from "./words.js";

const NEAR = 48;
const GROUP_SECONDS = 600;

export class Log {
  #entries = new Map();
  #atBottom = true;
  #missed = 0;
  #top = 0;

  constructor(chat) {
    this.chat = chat;
    this.list = element("div", { class: "list", role: "log", "aria-live": "polite", "data-testid": "log" });
    this.scroller = element("div", { class: "scroller", tabindex: "-1", onscroll: () => this.#scrolled() }, this.list);
    this.count = element("span", { class: "count" });
    const attributes = { class: "to-bottom", "aria-label": words.say("toBottom"), "data-testid": "to-bottom", hidden: true };
    this.down = button({ ...attributes, onclick: () => this.toBottom("smooth") }, icon("down"), this.count);
    this.element = element("div", { class: "log" }, this.scroller, this.down);
    const follow = new ResizeObserver(() => this.#atBottom && this.toBottom());
    follow.observe(this.scroller);
    follow.observe(this.list);
  }

  newest(test) {
    return this.#sorted().map((entry) => entry.message).findLast(test);
  }

  /** Time goes by: what was today may be yesterday. */
  tick() {
    this.#arrange();
  }

  /** Makes the log show exactly these messages, leaving alone what has not changed. */
  replace(messages) {
    const ids = new Set(messages.map((message) => message.message_id));
    this.list.setAttribute("aria-busy", "true");
    for (const id of this.#entries.keys()) if (!ids.has(id)) this.#drop(id);
    for (const message of messages) this.#put(message);
    this.#arrange();
    this.list.removeAttribute("aria-busy");
    if (this.#atBottom) this.toBottom();
  }

  /** A new message, or a new state of a known one. */
  put(message) {
    const known = this.#entries.has(message.message_id);
    const node = this.#put(message);
    if (!node) return;
    this.#arrange();
    if (known) notice(node.querySelector(".bubble") ?? node);
    else this.#arrived(message, node);
  }

  async remove(id) {
    const node = this.#entries.get(id)?.node;
    if (!node) return;
    await leave(node);
    if (this.#entries.get(id)?.node !== node) return;
    this.#drop(id);
    this.#arrange();
  }

  /** Shows the quoted message. */
  jump(id) {
    const node = this.#entries.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    notice(node.querySelector(".bubble") ?? node);
  }

  toBottom(behavior = "instant") {
    this.#atBottom = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior });
    this.#showDown();
  }

  /** Shows on every callback button whether it waits. */
  markBusy() {
    for (const key of this.list.querySelectorAll("[data-tap]")) {
      const id = Number(key.closest("[data-message-id]").dataset.messageId);
      key.setAttribute("aria-busy", String(this.chat.busy({ message_id: id }, key.dataset.tap)));
    }
  }

  #arrived(message, node) {
    arrive(node);
    if (this.#atBottom || message.from.id === this.chat.me.id) return this.toBottom();
    this.#missed += 1;
    return this.#showDown();
  }

  /** Renders the message if it is new or differs; gives its node then. */
  #put(message) {
    const id = message.message_id;
    const state = JSON.stringify(message);
    const old = this.#entries.get(id);
    if (old?.state === state) return null;
    const node = row(message, this.chat);
    if (old) this.#swap(old.node, node);
    this.#entries.set(id, { message, state, node });
    return node;
  }

  /** Puts the new node in the old one's place; a button in focus stays in focus. */
  #swap(old, node) {
    const label = old.contains(document.activeElement) ? document.activeElement.dataset.label : undefined;
    old.replaceWith(node);
    if (label !== undefined) node.querySelector(`[data-label="${CSS.escape(label)}"]`)?.focus({ preventScroll: true });
  }

  #drop(id) {
    this.#entries.get(id).node.remove();
    this.#entries.delete(id);
  }

  #sorted() {
    return [...this.#entries.values()].sort((one, other) => one.message.message_id - other.message.message_id);
  }

  /** Order, date separators, and which bubbles stand together. */
  #arrange() {
    for (const node of this.list.querySelectorAll(".day")) node.remove();
    const entries = this.#sorted();
    let place = this.list.firstChild;
    entries.forEach((entry, index) => {
      const { node, message } = entry;
      if (node === place) place = place.nextSibling;
      else this.list.insertBefore(node, place);
      const before = entries[index - 1]?.message;
      if (!before || dayKey(before.date * 1000) !== dayKey(message.date * 1000)) node.before(this.#separator(message));
      node.classList.toggle("first", !together(before, message));
      node.classList.toggle("last", !together(message, entries[index + 1]?.message));
    });
  }

  #separator(message) {
    return element("div", { class: "day" }, element("span", { class: "pill" }, day(message.date * 1000)));
  }

  /** Only a move upwards leaves the bottom: content that grows below does not. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.#atBottom = true;
    else if (scrollTop < this.#top) this.#atBottom = false;
    this.#top = scrollTop;
    this.#showDown();
  }

  #showDown() {
    if (this.#atBottom) this.#missed = 0;
    this.down.hidden = this.#atBottom;
    this.count.textContent = this.#missed ? String(this.#missed) : "";
  }
}

/** Whether two neighbours belong to one group: one sender, one day, not long apart. */
function together(one, other) {
  if (!one || !other || one.pinned_message || other.pinned_message) return false;
  const near = other.date - one.date < GROUP_SECONDS && dayKey(one.date * 1000) === dayKey(other.date * 1000);
  return near && one.from.id === other.from.id;
}
