/** A person (or the bot): name, initials and avatar. */

import { element } from "./dom.js";

const COLORS = ["#e17076", "#eda86c", "#a695e7", "#7bc862", "#6ec9cb", "#65aadd", "#ee7aae"];
const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}

function initial(text = "") {
  const first = letters.segment(text.trim())[Symbol.iterator]().next();
  return first.done ? "" : first.value.segment.toUpperCase();
}

function color(person) {
  if (person.color && CSS.supports("color", person.color)) return person.color;
  return COLORS[Math.abs(person.id ?? 0) % COLORS.length];
}

/** The round picture: a person's initials, the product's mark for the bot. */
export function avatar(person) {
  if (person.is_bot) {
    return element("span", { class: "avatar bot", "aria-hidden": "true" }, element("img", { src: "images/mark.svg", alt: "" }));
  }
  const initials = initial(person.first_name) + initial(person.last_name);
  const node = element("span", { class: "avatar", "aria-hidden": "true" }, initials);
  node.style.setProperty("--tint", color(person));
  return node;
}
