/** The keyboard that a bot puts in place of the phone's own. */

import { button, element } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

const STYLES = new Set(["primary", "success", "danger"]);

export class ReplyKeyboard {
  #open = false;

  constructor(chat) {
    this.chat = chat;
    this.element = element("div", { class: "reply-keyboard", "data-testid": "reply-keyboard", hidden: true });
    const attributes = { class: "round", "aria-label": words.say("keyboard"), "aria-expanded": "false", hidden: true };
    this.toggle = button({ ...attributes, onclick: () => this.#show(!this.#open) }, icon("keyboard"));
  }

  /** Shows the markup's rows; null or another kind of markup takes the keyboard away. */
  use(markup) {
    const rows = markup?.keyboard ?? [];
    this.markup = markup;
    this.element.classList.toggle("tall", !markup?.resize_keyboard);
    this.element.replaceChildren(...rows.map((row) => element("div", { class: "keys" }, ...row.map((key) => this.#key(key)))));
    this.toggle.hidden = rows.length === 0;
    this.#show(rows.length > 0);
  }

  #show(open) {
    this.#open = open;
    this.element.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.toggle.classList.toggle("on", open);
  }

  #key(given) {
    const key = typeof given === "string" ? { text: given } : given;
    const style = STYLES.has(key.style) ? key.style : "";
    return button({ class: `key ${style}`, "data-label": key.text, title: key.text, onclick: () => this.#press(key) }, key.text);
  }

  #press(key) {
    if (key.request_contact) this.chat.shareContact();
    else if (key.request_location) this.chat.attach();
    else if (key.request_users || key.request_chat || key.request_poll || key.web_app) this.chat.lacking();
    else this.chat.send(key.text);
    if (this.markup.one_time_keyboard) this.#show(false);
  }
}
