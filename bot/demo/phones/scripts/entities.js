/** Text with Bot API entities, as nodes. Offsets count UTF-16 units, as strings here do. */

import { element } from "./dom.js";
import { entityTime } from "./format.js";
import { leaving, parse, startPayload } from "./links.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };

/** The entities as a tree: each node holds what lies within it; what sticks out is cut off. */
function tree(text, entities) {
  const sorted = entities
    .filter((entity) => entity.length > 0 && entity.offset < text.length)
    .sort((one, other) => one.offset - other.offset || other.length - one.length);
  const root = { start: 0, end: text.length, children: [] };
  const path = [root];
  for (const entity of sorted) {
    while (path.at(-1).end <= entity.offset) path.pop();
    const end = Math.min(entity.offset + entity.length, path.at(-1).end);
    const node = { entity, start: entity.offset, end, children: [] };
    path.at(-1).children.push(node);
    path.push(node);
  }
  return root;
}

/** Fills `target` with the node's text; a block swallows the line breaks that only part it from its neighbours. */
function fill(target, node, text, chat) {
  let at = node.start;
  for (const child of node.children) {
    const block = BLOCKS.has(child.entity.type);
    const before = text.slice(at, child.start);
    target.append(block && before.endsWith("\n") ? before.slice(0, -1) : before);
    target.append(inner(child, text, chat));
    at = child.end;
    if (block && text[at] === "\n" && at < node.end) at += 1;
  }
  target.append(text.slice(at, node.end));
  return target;
}

function link(address, chat) {
  const url = parse(address);
  if (!url) return element("span");
  const payload = startPayload(url, chat.bot);
  if (payload === null) return element("a", leaving(url));
  return element("a", { href: url.href, onclick: (event) => {
    event.preventDefault();
    chat.start(payload);
  } });
}

function pressable(tag, attributes, press) {
  const onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press(event);
  };
  return element(tag, { role: "button", tabindex: "0", onclick: press, onkeydown, ...attributes });
}

function quote(expandable) {
  if (!expandable) return element("blockquote");
  const node = pressable("blockquote", { class: "expandable", "aria-expanded": "false" }, () => {
    const open = node.classList.toggle("open");
    node.setAttribute("aria-expanded", String(open));
  });
  return node;
}

function spoiler() {
  const node = pressable("span", { class: "spoiler" }, () => node.classList.add("open"));
  return node;
}

/** The empty node of an entity; `words` is the text that it covers. */
function shell(entity, words, chat) {
  switch (entity.type) {
    case "code": return pressable("code", {}, () => chat.copy(words));
    case "pre": return pressable("pre", {}, () => chat.copy(words));
    case "blockquote": return quote(false);
    case "expandable_blockquote": return quote(true);
    case "spoiler": return spoiler();
    case "text_link": return link(entity.url, chat);
    case "url": return link(words, chat);
    case "email": return link(`mailto:${words}`, chat);
    case "phone_number": return link(`tel:${words.replace(/[^\d+]/g, "")}`, chat);
    case "bot_command": return pressable("span", { class: "command" }, () => chat.send(words));
    case "mention": case "text_mention": case "hashtag": case "cashtag": return element("span", { class: "mention" });
    default: return element(TAGS[entity.type] ?? "span");
  }
}

function moment(entity) {
  const milliseconds = entity.unix_time * 1000;
  const iso = new Date(milliseconds).toISOString();
  return element("time", { datetime: iso }, entityTime(milliseconds, entity.date_time_format));
}

function inner(node, text, chat) {
  const { entity } = node;
  if (entity.type === "date_time" && entity.date_time_format) return moment(entity);
  return fill(shell(entity, text.slice(node.start, node.end), chat), node, text, chat);
}

/** A message's text with its formatting. */
export function formatted(text, entities, chat) {
  return fill(document.createDocumentFragment(), tree(text, entities ?? []), text, chat);
}
