// Numbers and times as a Vietnamese or English reader writes them; always the district's own time zone.
import { lang } from './session.js';
import { t, word } from './i18n/words.js';

const LOCALE = lang === 'en' ? 'en-GB' : 'vi-VN';
const ZONE = 'Asia/Ho_Chi_Minh';
const DAY = 86_400_000;

/** What stands where a figure has no value: a rate without a denominator is not 0 %. */
export const NONE = '—';

const numbers = [0, 1, 2, 3].map(
  (digits) => new Intl.NumberFormat(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);
const times = (options) => new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hourCycle: 'h23', ...options });
const hm = times({ hour: '2-digit', minute: '2-digit' });
const hms = times({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dm = times({ day: '2-digit', month: '2-digit' });
const dmy = times({ day: '2-digit', month: '2-digit', year: 'numeric' });

// Binary noise (0.017 × 100 = 1.7000000000000002) must not push a cut number over its edge.
const clean = (value) => Number(value.toFixed(6));

export const number = (value, digits = 0) => (value == null ? NONE : numbers[digits].format(value));
/** A number somebody set (a target, a threshold): no more decimals than it has. */
export const plain = (value) => number(value, value == null ? 0 : decimals(clean(value)));

/** How many decimals a number has, as far as they are shown. */
const decimals = (value) => [0, 1, 2].find((digits) => Math.abs(value - Number(value.toFixed(digits))) < 1e-9) ?? 3;
export const signed = (value, digits = 0) =>
  (value > 0 ? '+' : value < 0 ? '−' : '') + numbers[digits].format(Math.abs(value));

/** A share as percent without its sign, never rounded to the better side: 99.96 % on time reads 99.9. */
export function percent(share, better = 'high', digits = 1) {
  if (share == null) return NONE;
  const scale = 10 ** digits;
  const exact = clean(share * 100 * scale);
  const shown = (better === 'high' ? Math.floor(exact) : Math.ceil(exact)) / scale;
  return numbers[shown === 100 ? 0 : digits].format(shown);
}

/** Seconds as whole minutes; waiting is never rounded down. */
export const minutes = (seconds) => (seconds == null ? NONE : number(Math.ceil(clean(seconds / 60))));

export const clock = (at) => hms.format(at);
export const clockShort = (at) => hm.format(at);
export const date = (at) => dmy.format(at);
export const weekday = (at) => t(`weekday.${new Date(at + 7 * 3_600_000).getUTCDay()}`);
/** Start of the local day: Vietnam has no daylight saving. */
export const dayStart = (at) => Math.floor((at + 7 * 3_600_000) / DAY) * DAY - 7 * 3_600_000;

/** A moment near now: the date only when it is another day's. */
export const moment = (at, now) =>
  dayStart(at) === dayStart(now) ? hm.format(at) : `${hm.format(at)} ${dm.format(at)}`;

/** How long: 45 phút, 2 giờ 05, 3 ngày. */
export function age(milliseconds) {
  const whole = Math.max(0, Math.floor(milliseconds / 60_000));
  if (whole < 60) return t('age.minutes', { count: whole });
  if (whole < 48 * 60) {
    return t('age.hours', { hours: Math.floor(whole / 60), minutes: String(whole % 60).padStart(2, '0') });
  }
  return t('age.days', { count: Math.floor(whole / 1440) });
}

/** A clock's error: to the second while that says something. */
export const drift = (milliseconds) =>
  milliseconds < 120_000 ? t('age.seconds', { count: Math.round(milliseconds / 1000) }) : age(milliseconds);

const DIGITS = { water_level: 2, rain: 1, salinity: 1, temperature: 1, wind: 1 };

/** A reading's value with the digits its instrument deserves. */
export const reading = (metric, value) => number(value, DIGITS[metric] ?? 0);

/** A UCUM unit as people write it. */
export const unit = (ucum) => (ucum ? word('unit', ucum) : '');

export const ROMAN = ['', 'I', 'II', 'III', 'IV', 'V'];
