/** The page's icons, each a stroked 24 × 24 drawing. */

import { drawing } from "./dom.js";

const PATHS = {
  block: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M5.8 5.8l12.4 12.4"],
  checks: ["M2.5 12.8l4 4L15 8", "M10.2 16l.8.8L20.5 8"],
  chevron: "M6 9l6 6 6-6",
  clip: "M20 11.5l-8.2 8.2a5.2 5.2 0 0 1-7.4-7.4l8.6-8.6a3.5 3.5 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5l7.8-7.7",
  clock: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M12 7v5l3.2 2"],
  close: "M6 6l12 12M18 6L6 18",
  contact: ["M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M4.5 20a7.5 7.5 0 0 1 15 0"],
  copy: ["M9 9h11v11H9z", "M15 5V4H4v11h1"],
  document: ["M6 3h8l5 5v13H6z", "M14 3v5h5"],
  down: "M12 5v13M6 12.5l6 6 6-6",
  keyboard: ["M3 6h18v12H3z", "M7 10h.01M11 10h.01M15 10h.01M8 14h8"],
  link: "M8 16L17 7M9.5 7H17v7.5",
  location: ["M12 21s-7-6.3-7-11.5a7 7 0 0 1 14 0C19 14.7 12 21 12 21z", "M12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z"],
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  photo: ["M3 5h18v14H3z", "M3 16l5-5 4.5 4.5L16 12l5 5", "M15.5 9h.01"],
  pin: ["M9 3h6l-.6 6.5 3.1 3.5H6.5l3.1-3.5z", "M12 13v8"],
  play: "M8 5.5l11 6.5-11 6.5z",
  pause: "M8 5v14M16 5v14",
  reply: ["M10 6L4 11.5 10 17", "M4 11.5h8c5 0 7.5 2.5 8 7"],
  search: ["M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", "M15.3 15.3L20.5 20.5"],
  send: "M12 19.5V5M6 11l6-6 6 6",
};

/** The icon of that name. */
export function icon(name) {
  return drawing(PATHS[name]);
}
