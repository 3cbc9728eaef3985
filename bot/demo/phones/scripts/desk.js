/** The two phones side by side, or one at a time where the window is narrow. */

import { element, button } from "./dom.js";
import { avatar } from "./person.js";
import { Phone } from "./phone.js";
import { SIDES, read, write } from "./places.js";
import { words } from "./words.js";

const narrow = matchMedia("(max-width: 759.98px)");

export class Desk {
  #side = "left";
  #leave = new AbortController();

  constructor({ people, bot }, unread) {
    this.people = people;
    this.bot = bot;
    this.unread = unread;
    this.phones = Object.fromEntries(SIDES.map((side) => [side, new Phone(side, this)]));
    this.segments = Object.fromEntries(SIDES.map((side) => [side, this.#segment(side)]));
    const switches = element("div", { class: "segments", role: "group" }, ...Object.values(this.segments));
    this.element = element("main", { class: "desk" }, switches, ...SIDES.map((side) => this.phones[side].element));
    const until = { signal: this.#leave.signal };
    unread.addEventListener("change", () => this.#label(), until);
    addEventListener("hashchange", () => this.#place(read(people)), until);
    narrow.addEventListener("change", () => this.#settle(), until);
    document.addEventListener("visibilitychange", () => this.#settle(), until);
    this.#place(read(people));
    this.#settle();
  }

  /** Stops listening; the page puts a new desk in its place. */
  close() {
    this.#leave.abort();
    for (const phone of Object.values(this.phones)) phone.wake(false);
  }

  tick() {
    for (const phone of Object.values(this.phones)) phone.tick();
  }

  /** Gives a phone to a person; who takes the other phone's person swaps with them. */
  give(side, person) {
    const places = { left: this.phones.left.person, right: this.phones.right.person };
    const other = SIDES.find((name) => name !== side);
    if (places[other].id === person.id) places[other] = places[side];
    places[side] = person;
    this.#place(places);
  }

  otherThan(side) {
    return this.phones[SIDES.find((name) => name !== side)].person;
  }

  /** Unread messages of the people whom no visible phone shows. */
  waiting() {
    return this.unread.outside(this.#shown().map((side) => this.phones[side].person?.id));
  }

  #shown() {
    return narrow.matches ? [this.#side] : SIDES;
  }

  #place(places) {
    for (const side of SIDES) this.phones[side].hold(places[side]);
    write(places);
    this.#label();
  }

  /** Only what can be seen is awake. */
  #settle() {
    const shown = document.hidden ? [] : this.#shown();
    for (const side of SIDES) {
      this.phones[side].element.classList.toggle("aside", !this.#shown().includes(side));
      this.phones[side].wake(shown.includes(side));
    }
    if (document.hidden) this.unread.rest();
    else this.unread.watch();
    this.#label();
  }

  #label() {
    for (const phone of Object.values(this.phones)) phone.label();
    for (const side of SIDES) this.#dress(side);
  }

  #segment(side) {
    const show = () => {
      this.#side = side;
      this.#settle();
    };
    return button({ "data-testid": `segment-${side}`, onclick: show });
  }

  #dress(side) {
    const { person } = this.phones[side];
    const current = side === this.#side;
    const dot = !current && this.unread.of(person.id) > 0 ? [element("i", { class: "dot" })] : [];
    this.segments[side].setAttribute("aria-pressed", String(current));
    this.segments[side].replaceChildren(avatar(person), words.say(side), ...dot);
  }
}
