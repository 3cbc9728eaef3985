/** The page: reads who there is, lays out the desk, and keeps the words and the clock current. */

import { api } from "./api.js";
import { clock } from "./clock.js";
import { Desk } from "./desk.js";
import { StageBar } from "./stagebar.js";
import { Unread } from "./unread.js";
import { words } from "./words.js";

const AGAIN_MS = 1000;

/** The people, as soon as the server is there. */
async function arrive() {
  for (;;) {
    try {
      return await api.people();
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
    }
  }
}

class Page {
  constructor(cast) {
    this.cast = cast;
    this.unread = new Unread(cast.people);
    words.addEventListener("change", () => this.lay());
    clock.addEventListener("change", () => this.tick());
  }

  lay() {
    this.desk?.close();
    document.documentElement.lang = words.language;
    this.bar = new StageBar();
    this.desk = new Desk(this.cast, this.unread);
    document.body.replaceChildren(this.bar.element, this.desk.element);
  }

  tick() {
    this.bar.tick();
    this.desk.tick();
  }
}

const [cast] = await Promise.all([arrive(), clock.load()]);
new Page(cast).lay();
clock.run();
