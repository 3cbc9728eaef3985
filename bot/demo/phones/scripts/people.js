/** Who can hold a phone: the list to choose from. */

import { button, element } from "./dom.js";
import { avatar, fullName } from "./person.js";
import { words } from "./words.js";

const SEARCHED = 8;

/** A count in a pill, nothing when there is none. */
export function badge(count) {
  if (!count) return null;
  const attributes = { class: "badge", "data-testid": "badge", "aria-label": words.say("unread", { count }) };
  return element("span", attributes, count > 99 ? "99+" : String(count));
}

/** Name and note of a person in two lines. */
export function nameplate(person) {
  const name = element("span", { class: "name" }, element("bdi", {}, fullName(person)));
  return element("span", { class: "nameplate" }, name, element("span", { class: "note", dir: "auto" }, person.note ?? ""));
}

function entry(person, { unread, here, other, pick }) {
  const place = person.id === here ? "hereNow" : person.id === other ? "otherNow" : null;
  const attributes = { class: "person", "data-person": person.id, "aria-current": person.id === here ? "true" : null };
  const where = place ? element("span", { class: "where" }, words.say(place)) : null;
  const node = button({ ...attributes, onclick: () => pick(person) }, avatar(person), nameplate(person), where, badge(unread.of(person.id)));
  return element("li", {}, node);
}

/** The nodes of the list, with a search field when it is long. */
export function peopleList(people, state) {
  const list = element("ul", { class: "people" });
  const fill = (wanted) => {
    const found = people.filter((person) => `${fullName(person)} ${person.note ?? ""}`.toLowerCase().includes(wanted));
    const nobody = element("li", { class: "nobody" }, words.say("nobody"));
    list.replaceChildren(...(found.length ? found.map((person) => entry(person, state)) : [nobody]));
  };
  fill("");
  if (people.length <= SEARCHED) return [list];
  const label = words.say("searchPeople");
  const search = element("input", { type: "search", class: "search", placeholder: label, "aria-label": label });
  search.addEventListener("input", () => fill(search.value.trim().toLowerCase()));
  return [search, list];
}
