/** DOM nodes. Whatever people or bots wrote becomes a text node; nothing here parses markup. */

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`onclick`, …) and children; null and false are left out. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A button; its label is for those who cannot see the icon. */
export function button(attributes, ...children) {
  return element("button", { type: "button", ...attributes }, ...children);
}

/** A stroked drawing from path data, hidden from screen readers. */
export function drawing(paths, viewBox = "0 0 24 24") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  for (const path of [paths].flat()) {
    const shape = document.createElementNS(SVG, "path");
    shape.setAttribute("d", path);
    svg.append(shape);
  }
  return svg;
}
