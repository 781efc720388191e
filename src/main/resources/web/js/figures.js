// How each figure is written: one place, so that a number standing twice on the wall is written the same twice.
import * as format from './format.js';
import { betterOf, unitOf } from './dictionary.js';
import { t } from './i18n/words.js';

/** Below this many ratings a share says nothing (one tablet, one angry visitor): counts only. */
const MIN_RATINGS = 10;

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
