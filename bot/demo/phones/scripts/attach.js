/** What can be attached: picture, file, place, contact card. */

import { button, element } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

const PLACES = [
  ["青岛港 · Port of Qingdao", 36.0865, 120.317],
  ["洋山港 · Yangshan, Shanghai", 30.6267, 122.0637],
  ["盐田港 · Yantian, Shenzhen", 22.5754, 114.2717],
];

function choice(name, label, press) {
  return button({ class: "option", onclick: press, "data-testid": name }, element("span", { class: `tile ${name}` }, icon(name)), label);
}

function pickFile(chat, as) {
  const field = element("input", { type: "file", accept: as === "photo" ? "image/*" : null });
  field.addEventListener("change", () => field.files.length && chat.sendFile(field.files[0], as));
  field.click();
}

function places(chat, overlay) {
  const options = PLACES.map(([name, latitude, longitude]) => choice("location", name, () => {
    overlay.close();
    chat.act("location", { latitude, longitude });
  }));
  overlay.sheet(words.say("location"), "places", ...options);
}

function labelled(label, attributes) {
  return element("label", { class: "field" }, label, element("input", { required: true, ...attributes }));
}

function contactForm(chat, overlay) {
  const name = labelled(words.say("firstName"), { name: "first_name", value: words.say("suggestedContact"), maxlength: 64 });
  const phone = labelled(words.say("phone"), { name: "phone_number", type: "tel", value: "+86 138 5320 0218", maxlength: 32 });
  const send = element("button", { class: "primary" }, words.say("send"));
  const form = element("form", {}, name, phone, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    overlay.close();
    chat.act("contact", Object.fromEntries(new FormData(form)));
  });
  overlay.sheet(words.say("attachContact"), "contact-form", form);
}

/** Opens the sheet of attachments. */
export function attach(chat, overlay) {
  const file = (as) => () => {
    overlay.close();
    pickFile(chat, as);
  };
  const options = [
    choice("photo", words.say("attachPhoto"), file("photo")),
    choice("document", words.say("attachDocument"), file("document")),
    choice("location", words.say("attachLocation"), () => places(chat, overlay)),
    choice("contact", words.say("attachContact"), () => contactForm(chat, overlay)),
  ];
  overlay.sheet(words.say("attach"), "attach", ...options);
}
