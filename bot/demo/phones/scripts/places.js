/** Who holds which phone, kept in the address: #left=1001&right=1002 */

export const SIDES = ["left", "right"];

/** The people named in the address, the first unused ones where it names none. */
export function read(people) {
  const named = new URLSearchParams(location.hash.slice(1));
  const held = SIDES.map((side) => people.find(({ id }) => String(id) === named.get(side)));
  const free = people.filter((person) => !held.includes(person));
  return Object.fromEntries(SIDES.map((side, index) => [side, held[index] ?? free.shift() ?? people[0]]));
}

export function write(places) {
  const held = SIDES.map((side) => `${side}=${places[side].id}`);
  history.replaceState(null, "", `#${held.join("&")}`);
}
