/** A phone: the pill that says who holds it, and the frame with that person's chat. */

import { clock } from "./clock.js";
import { Conversation } from "./conversation.js";
import { button, drawing, element } from "./dom.js";
import { time } from "./format.js";
import { icon } from "./icons.js";
import { badge, nameplate, peopleList } from "./people.js";
import { avatar, fullName } from "./person.js";
import { Overlay } from "./sheet.js";
import { words } from "./words.js";

const SIGNAL = ["M2 17h3v4H2zM7.5 13h3v8h-3zM13 8.5h3v12.5h-3zM18.5 4h3v17h-3z"];
const BATTERY = ["M2 7.5h17.5a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H2a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2z", "M23 10.5v3"];

export class Phone {
  #conversation = null;
  #awake = false;

  /** `desk` knows the people, the bot, the unread counts, who holds which phone, and moves people around. */
  constructor(side, desk) {
    this.side = side;
    this.desk = desk;
    this.switcher = button({ class: "switcher", "data-testid": "switcher", "aria-haspopup": "dialog", onclick: () => this.choose() });
    this.time = element("time", { class: "time" });
    const lamps = element("span", { class: "lamps" }, drawing(SIGNAL), drawing(BATTERY));
    const bar = element("div", { class: "status-bar", "aria-hidden": "true" }, this.time, element("span", { class: "island" }), lamps);
    this.place = element("div", { class: "place-of-chat" });
    this.screen = element("div", { class: "screen" }, bar, this.place, element("div", { class: "home", "aria-hidden": "true" }));
    this.overlay = new Overlay(this.place);
    this.screen.append(this.overlay.element);
    const frame = element("div", { class: "frame" }, this.screen);
    const attributes = { class: "phone", "data-phone": side, "aria-label": words.say(side) };
    this.element = element("section", attributes, this.switcher, frame);
    this.tick();
  }

  /** Puts the phone into this person's hands. */
  hold(person) {
    if (this.person?.id === person.id) return;
    this.#conversation?.sleep();
    this.overlay.clear();
    this.person = person;
    const read = () => this.desk.unread.set(person.id, 0);
    this.#conversation = new Conversation(person, this.desk.bot, this.overlay, read);
    this.place.replaceChildren(this.#conversation.element);
    this.element.dataset.person = person.id;
    if (this.#awake) this.#conversation.wake();
    this.label();
  }

  /** A phone that nobody looks at neither listens nor reads. */
  wake(awake) {
    this.#awake = awake;
    if (awake) this.#conversation?.wake();
    else this.#conversation?.sleep();
  }

  /** Who holds it, and what waits for those who hold none. */
  label() {
    const { person } = this;
    if (!person) return;
    const waiting = badge(this.desk.waiting());
    this.switcher.setAttribute("aria-label", words.say("switcher", { name: fullName(person) }));
    this.switcher.replaceChildren(avatar(person), nameplate(person), ...(waiting ? [waiting] : []), icon("chevron"));
  }

  tick() {
    this.time.textContent = time(clock.now());
    this.#conversation?.tick();
  }

  choose() {
    const pick = (person) => {
      this.overlay.close();
      this.desk.give(this.side, person);
    };
    const state = { unread: this.desk.unread, here: this.person.id, other: this.desk.otherThan(this.side)?.id, pick };
    this.overlay.sheet(words.say("people"), "people", ...peopleList(this.desk.people, state));
  }
}
