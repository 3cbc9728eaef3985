/** The row at the bottom: commands, attachments, the text field, and what stands in for them. */

import { gist } from "./attachment.js";
import { button, element } from "./dom.js";
import { icon } from "./icons.js";
import { fullName } from "./person.js";
import { ReplyKeyboard } from "./replykeyboard.js";
import { words } from "./words.js";

const MOST_HEIGHT = 132;

export class Composer {
  #commands = [];
  #asked = null;
  #forced = false;
  #reply = null;

  constructor(chat) {
    this.chat = chat;
    this.keys = new ReplyKeyboard(chat);
    this.commandList = element("ul", { class: "commands", "data-testid": "commands", hidden: true });
    this.quote = element("div", { class: "reply-bar", "data-testid": "reply-bar", hidden: true });
    const menuLabel = element("span", {}, words.say("menu"));
    const menu = { class: "menu", "data-testid": "menu", "aria-expanded": "false", onclick: () => this.#toggleMenu() };
    this.menu = button(menu, icon("menu"), menuLabel);
    this.input = element("textarea", { rows: 1, "data-testid": "input", dir: "auto", enterkeyhint: "send", maxlength: 4096 });
    this.send = button({ class: "send", "data-testid": "send", "aria-label": words.say("send"), onclick: () => this.#submit() }, icon("send"));
    const clip = { class: "round", "aria-label": words.say("attach"), "data-testid": "attach", onclick: () => chat.attach() };
    const field = element("div", { class: "text-field" }, button(clip, icon("clip")), this.input, this.keys.toggle);
    this.row = element("div", { class: "input-row" }, this.menu, field, this.send);
    this.instead = button({ class: "instead" });
    this.element = element("div", { class: "composer" }, this.commandList, this.quote, this.row, this.keys.element, this.instead);
    this.#listen();
    this.useCommands([]);
    this.useMarkup(null);
    this.stand(null);
    this.#typed();
  }

  #listen() {
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#escape();
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.commandList.addEventListener("keydown", (event) => event.key === "Escape" && this.#toggleMenu(false));
  }

  /** Puts one big button in place of the row: "start", "restart", or null for the row itself. */
  stand(name, press = () => {}) {
    this.row.hidden = name !== null;
    this.instead.hidden = name === null;
    if (!name) return;
    this.instead.textContent = words.say(name);
    this.instead.dataset.testid = name;
    this.instead.onclick = press;
    this.keys.use(null);
  }

  useCommands(commands) {
    this.#commands = commands;
    this.menu.hidden = commands.length === 0;
    this.#showCommands(false);
  }

  /** A reply keyboard, a wish for a reply, or null. */
  useMarkup(markup) {
    this.keys.use(markup);
    this.input.placeholder = markup?.input_field_placeholder ?? words.say("message");
    this.input.setAttribute("aria-label", this.input.placeholder);
    if (this.#reply && this.#reply === this.#asked) this.replyTo(null);
    this.#forced = markup?.force_reply === true;
    if (this.#forced) this.#ask(this.chat.lastFromBot() ?? null);
  }

  /** The bot wrote: a wish for a reply that came just before was about this message. */
  heard(message) {
    if (this.#forced) this.#ask(message);
    this.#forced = false;
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  #ask(message) {
    this.#asked = message;
    this.replyTo(message);
  }

  /** The message that the next text answers. */
  replyTo(message) {
    this.#reply = message;
    this.quote.hidden = message === null;
    if (!message) return;
    const about = element("span", { class: "about" }, element("bdi", { class: "name" }, fullName(message.from)));
    about.append(element("span", { class: "gist", dir: "auto" }, gist(message)));
    const drop = { class: "round", "aria-label": words.say("cancel"), onclick: () => this.replyTo(null) };
    this.quote.replaceChildren(icon("reply"), about, button(drop, icon("close")));
  }

  #escape() {
    if (!this.commandList.hidden) this.#toggleMenu(false);
    else this.replyTo(null);
  }

  #typed() {
    this.send.disabled = this.input.value.trim() === "";
    this.input.style.height = "";
    const wanted = Math.min(this.input.scrollHeight, MOST_HEIGHT);
    if (wanted > this.input.clientHeight) this.input.style.height = `${wanted}px`;
    this.#showCommands(/^\/\w*$/.test(this.input.value), this.input.value.slice(1).toLowerCase());
  }

  async #submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const reply = this.#reply;
    this.input.value = "";
    this.replyTo(null);
    this.#typed();
    const sent = await this.chat.send(text, reply?.message_id);
    if (!sent && this.input.value === "") {
      this.input.value = text;
      this.#typed();
    }
  }

  #toggleMenu(open = this.commandList.hidden) {
    this.#showCommands(open);
    if (open) this.commandList.querySelector("button")?.focus({ preventScroll: true });
    else this.menu.focus({ preventScroll: true });
  }

  #showCommands(open, beginning = "") {
    const found = open ? this.#commands.filter(({ command }) => command.startsWith(beginning)) : [];
    this.commandList.hidden = found.length === 0;
    this.menu.setAttribute("aria-expanded", String(found.length > 0));
    this.commandList.replaceChildren(...found.map((command) => this.#command(command)));
  }

  #command({ command, description }) {
    const press = () => {
      if (this.input.value.startsWith("/")) this.input.value = "";
      this.#typed();
      this.chat.send(`/${command}`);
    };
    const name = element("span", { class: "slash" }, `/${command}`);
    const node = button({ "data-command": command, onclick: press }, element("span", { class: "description", dir: "auto" }, description), name);
    return element("li", {}, node);
  }
}
