// Events, kept apart from alarms: three fixed places, the newest replaces the oldest, nothing slides. A burst shows
// its newest event only; how many there were is a number beside them.
import { html, render } from 'lit-html';
import * as clock from '../clock.js';
import * as format from '../format.js';
import { t, tOr, word } from '../i18n/words.js';
import { areaName, sensorName } from '../names.js';

const SLOTS = 3;
const MINUTE_MS = 60_000;

export function mountTicker(store) {
  const host = document.querySelector('.evs .slots');
  const rate = document.querySelector('.evs .cap small');
  const slots = Array(SLOTS).fill(undefined);
  const arrivals = arrivalCount();
  let turn = 0;
  let newest = '';
  store.on(['ticker'], 4, ({ ticker = {} }) => arrivals.note(Object.keys(ticker)));
  store.on(['ticker', 'now'], 0.5, (data) => {
    for (const [position, event] of fresh(data.ticker ?? {}, newest)) {
      slots[turn % SLOTS] = { position, event, what: sentence(data, event), where: areaName(data, event.area) };
      turn++;
      newest = position;
    }
    render(slots.map((slot) => place(slot, slot?.position === newest)), host);
    const count = arrivals.lastMinute();
    rate.textContent = count === undefined ? '' : t('events.rate', { count: format.number(count) });
  });
}

// Positions are decimal numbers too long for a double: compared by length, then by digits.
const follows = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

function fresh(ticker, newest) {
  const later = Object.entries(ticker).filter(([position]) => newest === '' || follows(position, newest) > 0);
  later.sort(([a], [b]) => follows(a, b));
  return later.slice(newest === '' ? -SLOTS : -1);
}

const place = (slot, isNewest) => html`<div class="ev ${isNewest ? 'new' : ''}">
  <time>${slot ? when(Date.parse(slot.event.at)) : ''}</time><span><b>${slot?.where ?? ''}</b> ${slot?.what ?? ''}</span></div>`;

/** To the second; what is not of today says its day. */
const when = (at) => (format.dayStart(at) === format.dayStart(clock.now()) ? format.clock(at) : format.moment(at, clock.now()));

function sentence(data, { kind, code, params = {} }) {
  return tOr(`event.${kind}.${code}`, `event.${kind}`, { what: what(data, kind, params) });
}

function what(data, kind, params) {
  switch (kind) {
    case 'dossier':
      return tOr(`procedure.${params.procedure}`, 'procedure', { code: params.procedure });
    case 'rating':
      return word('rating', params.level);
    case 'reading':
      return measured(data, params);
    case 'indicator':
      return word('indicator', params.indicator);
    default:
      return Object.values(params).join(' ');
  }
}

function measured(data, { sensor: id, metric, value, unit }) {
  const sensor = data.sensors?.[id];
  const name = sensor ? sensorName(data, id, sensor) : word('metric', metric);
  return value === undefined ? name : `${name} ${format.reading(metric, Number(value))} ${format.unit(unit)}`;
}

/** Counts events by their arrival here; says nothing before it has watched a whole minute. */
function arrivalCount() {
  const started = performance.now();
  const times = [];
  let known = new Set();
  return {
    note(positions) {
      const now = performance.now();
      const isFirst = known.size === 0;
      for (const position of positions) if (!isFirst && !known.has(position)) times.push(now);
      known = new Set(positions);
    },
    lastMinute() {
      const now = performance.now();
      while (times.length && times[0] < now - MINUTE_MS) times.shift();
      return now - started < MINUTE_MS ? undefined : times.length;
    },
  };
}
