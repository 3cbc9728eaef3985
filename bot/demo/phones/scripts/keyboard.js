/** The inline keyboard under a message. */

import { button, element } from "./dom.js";
import { icon } from "./icons.js";
import { leaving, parse, startPayload } from "./links.js";

const STYLES = new Set(["primary", "success", "danger"]);

/** What a button does: its corner icon, and its press or the address it leads to. */
function deed(key, message, chat) {
  if (key.callback_data !== undefined) return { press: () => chat.tap(message, key.callback_data) };
  if (key.copy_text) return { corner: "copy", press: () => chat.copy(key.copy_text.text) };
  const url = key.url ? parse(key.url) : null;
  if (!url) return { press: () => chat.lacking() };
  const payload = startPayload(url, chat.bot);
  return payload === null ? { corner: "link", url } : { press: () => chat.start(payload) };
}

function buttonNode(key, message, chat) {
  const { corner, press, url } = deed(key, message, chat);
  const attributes = {
    class: STYLES.has(key.style) ? `key ${key.style}` : "key",
    "data-label": key.text,
    "data-tap": key.callback_data,
    "aria-busy": key.callback_data !== undefined && chat.busy(message, key.callback_data) ? "true" : "false",
    title: key.text,
  };
  const label = element("span", { class: "label", dir: "auto" }, key.text);
  const mark = corner ? element("span", { class: "corner" }, icon(corner)) : null;
  if (url) return element("a", { ...attributes, ...leaving(url) }, label, mark);
  return button({ ...attributes, onclick: press }, label, mark);
}

/** The rows of buttons, or null without any. */
export function keyboard(message, chat) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  const nodes = rows.map((row) => element("div", { class: "keys" }, ...row.map((key) => buttonNode(key, message, chat))));
  return element("div", { class: "keyboard" }, ...nodes);
}
