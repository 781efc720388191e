// What each figure is called and how it is written: one place, so that a number standing twice on the wall is written the
// same twice. The server's dictionary says the name in both languages, the unit, and which way is better.
import { lang } from './session.js';
import * as format from './format.js';
import { t } from './i18n/words.js';

const LONGEST_PAUSE_MS = 15_000;

let entries = new Map();

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Reads the dictionary, however long the server is away, and tells when it is there. */
export async function learnFigures(done) {
  for (let wait = 500; entries.size === 0; wait = Math.min(LONGEST_PAUSE_MS, wait * 2)) {
    try {
      const response = await fetch('/api/v1/figures');
      if (response.ok) entries = new Map((await response.json()).map((entry) => [entry.id, entry]));
      else if (response.status < 500) return; // not signed in: the header says so, and a new link starts anew
    } catch {
      // The server is away; the page goes on trying, as its socket does.
    }
    if (entries.size === 0) await pause(wait * (0.5 + Math.random()));
  }
  done();
}

/** A figure's name where room is short; its id until the dictionary is there. */
export function figureName(id) {
  const entry = entries.get(id);
  return entry ? (entry[`${lang}Short`] ?? entry[lang]) : id;
}

export const unitOf = (id) => entries.get(id)?.unit;

/** The side to which a share may not be rounded. */
export const betterOf = (id) => (entries.get(id)?.direction === 'down' ? 'low' : 'high');

/** Below this many ratings a share says nothing (one tablet, one angry visitor): counts only. */
const MIN_RATINGS = 10;

/**
 * What a figure's values are multiplied by to be shown: a share becomes percent, seconds minutes. Anything else, a quantity in
 * percent too (loss, humidity), is shown in the unit it has.
 */
export const shownScale = (id) => ({ s: 1 / 60, 1: 100 })[unitOf(id)] ?? 1;

const isTime = (id, figure) => (unitOf(id) ?? figure?.unit) === 's';
const isShare = (id, figure) => unitOf(id) === '1' || figure?.denominator !== undefined;

/** A figure as text and unit; the unit is empty where there is no value. What is measured by an instant shows its age. */
export function show(id, figure, now) {
  if (id === 'satisfaction' && figure?.denominator > 0 && figure.denominator < MIN_RATINGS) {
    return { text: `${format.number(figure.numerator)}/${format.number(figure.denominator)}`, unit: '' };
  }
  if (figure?.value == null) return { text: format.NONE, unit: '' };
  if (typeof figure.value === 'string') return { text: format.age(now - Date.parse(figure.value)), unit: '' };
  return write(id, figure, figure.value);
}

/** What the figure should reach, in the same unit, or nothing. */
export function target(id, figure, atLeast = 'target.atLeast', atMost = 'target.atMost') {
  const { min, max } = figure?.target ?? {};
  const bound = min ?? max;
  if (bound === undefined) return '';
  return t(min === undefined ? atMost : atLeast, { value: writeBound(id, figure, bound) });
}

function write(id, figure, value) {
  if (isTime(id, figure)) return { text: format.minutes(value), unit: t('unit.minute') };
  if (isShare(id, figure)) return { text: format.percent(value, betterOf(id)), unit: '%' };
  return { text: format.number(value), unit: '' };
}

function writeBound(id, figure, bound) {
  if (isTime(id, figure)) return `${format.minutes(bound)} ${t('unit.minute')}`;
  if (isShare(id, figure)) return `${format.plain(bound * 100)}%`;
  return format.number(bound);
}

export const percentText = (id, figure) => {
  const { text, unit } = show(id, figure);
  return text + (unit === '%' ? '%' : '');
};

/** The severity colour of a missed target: 2 for a warning, 1 for bad. */
export const offTarget = (figure) => (figure?.state === 'bad' ? 1 : figure?.state === 'warn' ? 2 : 0);
