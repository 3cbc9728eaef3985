/** Times and sizes in the page's language and the demo's time zone. */

import { clock } from "./clock.js";
import { words } from "./words.js";

const LOCALES = { zh: "zh-CN", en: "en-GB" };
const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3600], ["minute", 60]];

function show(milliseconds, options) {
  const locale = LOCALES[words.language];
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: clock.timeZone }).format(milliseconds);
}

/** 09:41 */
export function time(milliseconds) {
  return show(milliseconds, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** A key that is equal for two moments of one day. */
export function dayKey(milliseconds) {
  return show(milliseconds, { year: "numeric", month: "2-digit", day: "2-digit" });
}

/** Today, yesterday, or the date. */
export function day(milliseconds) {
  const now = clock.now();
  const key = dayKey(milliseconds);
  if (key === dayKey(now)) return words.say("today");
  if (key === dayKey(now - 86_400_000)) return words.say("yesterday");
  const year = show(milliseconds, { year: "numeric" }) === show(now, { year: "numeric" }) ? undefined : "numeric";
  return show(milliseconds, { year, month: "long", day: "numeric" });
}

/** The parts of the header's clock: date, weekday, time. */
export function moment(milliseconds) {
  const date = show(milliseconds, { month: "short", day: "numeric" });
  return [date, show(milliseconds, { weekday: "short" }), time(milliseconds)];
}

function relative(milliseconds) {
  const seconds = Math.round((milliseconds - clock.now()) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  const phrase = new Intl.RelativeTimeFormat(LOCALES[words.language], { numeric: "auto" });
  return phrase.format(Math.trunc(seconds / size), unit);
}

/** A moment in the terms of a `date_time` entity: r, or any of w, d or D, t or T. */
export function entityTime(milliseconds, pattern) {
  if (pattern.includes("r")) return relative(milliseconds);
  const options = { hourCycle: "h23" };
  if (pattern.includes("w")) options.weekday = "long";
  if (pattern.includes("d")) Object.assign(options, { year: "numeric", month: "2-digit", day: "2-digit" });
  if (pattern.includes("D")) Object.assign(options, { year: "numeric", month: "long", day: "numeric" });
  if (/t/i.test(pattern)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (pattern.includes("T")) options.second = "2-digit";
  return show(milliseconds, options);
}

/** 1.4 MB */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${(bytes / 1000).toFixed(bytes < 9950 ? 1 : 0)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** 0:07 */
export function duration(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
