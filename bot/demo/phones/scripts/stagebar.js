/** The page's header: the product, the demo's clock, the language. */

import { clock } from "./clock.js";
import { button, element } from "./dom.js";
import { moment } from "./format.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

const LANGUAGES = { zh: "中文", en: "English" };
const STEPS = [1, 7];

export class StageBar {
  constructor() {
    const mark = element("img", { src: "images/mark.svg", alt: "", width: 28, height: 28 });
    const name = element("h1", {}, element("span", { lang: "zh" }, "公海"), " ", element("span", { lang: "en" }, "Gonghai"));
    this.date = element("span", { class: "date" });
    this.weekday = element("span", { class: "weekday" });
    this.time = element("span", { class: "hour" });
    const face = element("span", { class: "face", "data-testid": "clock" }, icon("clock"), this.date, this.weekday, this.time);
    this.steps = STEPS.map((days) => this.#step(days));
    this.clock = element("div", { class: "clock", hidden: !clock.movable }, face, ...this.steps);
    const tagline = element("p", {}, words.say("stage"));
    const languages = element("div", { class: "languages", role: "group" }, ...Object.keys(LANGUAGES).map((name) => this.#language(name)));
    this.element = element("header", { class: "stage-bar" }, element("div", { class: "brand" }, mark, name, tagline), this.clock, languages);
    this.tick();
  }

  tick() {
    [this.date.textContent, this.weekday.textContent, this.time.textContent] = moment(clock.now());
  }

  #step(days) {
    const attributes = { class: "step", "data-testid": `advance-${days}`, "aria-label": words.say("advance", { days }) };
    return button({ ...attributes, onclick: () => this.#advance(days) }, words.say(`advanceBy${days}`));
  }

  #language(name) {
    const attributes = { lang: name, "data-testid": `language-${name}`, "aria-pressed": String(words.language === name) };
    return button({ ...attributes, onclick: () => words.use(name) }, LANGUAGES[name]);
  }

  async #advance(days) {
    for (const step of this.steps) step.disabled = true;
    this.clock.setAttribute("aria-busy", "true");
    await clock.advance(days).catch(() => {});
    this.clock.removeAttribute("aria-busy");
    for (const step of this.steps) step.disabled = false;
  }
}
