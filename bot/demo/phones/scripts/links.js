/** Addresses in messages: which may be followed, and how. */

const SCHEMES = new Set(["http:", "https:", "tel:", "mailto:", "tg:"]);

/** The address as a URL, or null when it is none that a chat may open. */
export function parse(address) {
  const whole = /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  return SCHEMES.has(url.protocol) ? url : null;
}

/** The payload of a `t.me/<bot>?start=…` link, or null for any other address. */
export function startPayload(url, bot) {
  const own = url.host === "t.me" && url.pathname.toLowerCase() === `/${bot.username.toLowerCase()}`;
  return own ? (url.searchParams.get("start") ?? "") : null;
}

/** The attributes of an anchor that leaves the chat, without handing the page over. */
export function leaving(url) {
  const away = url.protocol === "tel:" ? {} : { target: "_blank" };
  return { href: url.href, rel: "noopener noreferrer", ...away };
}
