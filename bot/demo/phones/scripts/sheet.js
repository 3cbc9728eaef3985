/** What lies over a phone's screen: sheets from below, alerts in the middle, toasts. */

import { button, element } from "./dom.js";
import { icon } from "./icons.js";
import { leave } from "./motion.js";
import { words } from "./words.js";

const TOAST_MS = 3500;

export class Overlay {
  #close = null;
  #timer = 0;

  /** `screen` is covered, and out of reach while a dialog is open. */
  constructor(screen) {
    this.screen = screen;
    this.toasts = element("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.element = element("div", { class: "overlay" }, this.toasts);
  }

  /** A sheet with a title; returns the function that closes it. */
  sheet(title, testid, ...content) {
    const heading = element("h2", {}, title);
    const cross = button({ class: "round", "aria-label": words.say("close"), onclick: () => this.close() }, icon("close"));
    return this.#show("sheet", testid, title, element("header", {}, heading, cross), ...content);
  }

  /** A line and buttons: `[label, press]`, the last one is the usual choice. */
  ask(text, testid, ...choices) {
    const buttons = choices.map(([label, press]) => button({ class: "choice", onclick: () => {
      this.close();
      press();
    } }, label));
    return this.#show("alert", testid, text, element("p", { dir: "auto" }, text), element("div", { class: "choices" }, ...buttons));
  }

  alert(text) {
    return this.ask(text, "alert", [words.say("ok"), () => {}]);
  }

  toast(text) {
    const note = element("div", { class: "toast", "data-testid": "toast", dir: "auto" }, text);
    this.toasts.replaceChildren(note);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => leave(note).then(() => note.remove()), TOAST_MS);
  }

  /** Leaves nothing over the screen. */
  clear() {
    this.close();
    this.toasts.replaceChildren();
  }

  close() {
    this.#close?.();
  }

  #show(kind, testid, label, ...content) {
    this.close();
    const before = document.activeElement;
    const attributes = { class: kind, role: kind === "alert" ? "alertdialog" : "dialog", "aria-modal": "true" };
    const panel = element("div", { ...attributes, "aria-label": label, "data-testid": testid }, ...content);
    const shade = element("div", { class: `shade for-${kind}` }, panel);
    shade.addEventListener("click", (event) => event.target === shade && this.close());
    shade.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.#close = () => {
      this.#close = null;
      this.screen.inert = false;
      shade.remove();
      before?.focus?.({ preventScroll: true });
    };
    this.screen.inert = true;
    this.element.append(shade);
    panel.querySelector(".choice:last-child, button").focus({ preventScroll: true });
  }
}
