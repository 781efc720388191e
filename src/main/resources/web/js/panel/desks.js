// The desks in configured order, never re-sorted: a place on the wall always means the same commune.
import { html, render, nothing } from 'lit-html';
import * as clock from '../clock.js';
import * as format from '../format.js';
import { offTarget, percentText, show } from '../figures.js';
import { t } from '../i18n/words.js';
import { areaName, inOrder } from '../names.js';
import { isFar } from '../session.js';
import { takeTurns } from '../stage.js';

const COLUMNS = ['waiting', 'waitMean', 'done', 'overdueNow', 'onTimeRate'];
/** More desks stand in two columns, smaller and with fewer figures, and from the second number on they take turns. */
const MANY = 14;
const PLACES = 42;
const FEW_COLUMNS = isFar ? ['onTimeRate'] : ['waitMean', 'onTimeRate'];
/** The bar under the waiting count is full at this many people. */
const FULL_QUEUE = 30;

export function mount(store) {
  const panel = document.querySelector('.desks');
  const [state, body] = ['.meta', '.body'].map((selector) => panel.querySelector(selector));
  let page = 0;
  const paint = (data) => {
    const ids = inOrder(data.children);
    render([opening(data.area), pageOf(page, ids.length)].filter(Boolean).join(' · '), state);
    render(ids.length > MANY ? columns(data, ids.slice(page * PLACES, (page + 1) * PLACES)) : desks(data, ids), body);
  };
  store.on(['children', 'figures', 'area', 'now'], 2, paint);
  takeTurns(store, () => pages(Object.keys(store.data.children ?? {}).length), (turn) => {
    page = turn;
    paint(store.data);
  });
}

const pages = (count) => Math.ceil(count / PLACES);

const pageOf = (page, count) => (pages(count) > 1 ? `${page + 1}/${pages(count)}` : '');

function opening(area) {
  if (area?.openNow !== false) return '';
  if (!area.opensAt) return t('desks.closed.now');
  return t('desks.closed.until', { time: format.moment(Date.parse(area.opensAt), clock.now()) });
}

const desks = (data, ids) => html`<table class="rows">
  ${head(COLUMNS)}
  <tbody>${ids.map((id) => row(areaName(data, id), data.children[id].figures, COLUMNS))}</tbody>
  <tfoot>${row(t('table.total'), data.figures, COLUMNS)}</tfoot></table>`;

/** Two tables side by side; the total ends the second. */
function columns(data, ids) {
  const half = Math.ceil((ids.length + 1) / 2);
  const rows = (some) => some.map((id) => row(tight(areaName(data, id)), data.children[id].figures, FEW_COLUMNS));
  const total = html`<tfoot>${row(t('table.total'), data.figures, FEW_COLUMNS)}</tfoot>`;
  return [ids.slice(0, half), ids.slice(half)].map(
    (some, index) => html`<table class="many">${head(FEW_COLUMNS)}<tbody>${rows(some)}</tbody>${index ? total : nothing}</table>`,
  );
}

const tight = (name) => name.replace(' - ', '–');

const head = (ids) => html`<thead><tr><th scope="col">${t('table.area')}</th>${ids.map((id) => html`<th scope="col">${t(`table.${id}`)}</th>`)}</tr></thead>`;

const row = (name, figures = {}, ids) => html`<tr><th scope="row">${name}</th>${ids.map((id) => cell(id, figures[id]))}</tr>`;

function cell(id, figure) {
  const text = id === 'waitMean' ? show(id, figure).text : percentText(id, figure);
  const off = offTarget(figure);
  const look = off ? `off p${off}` : figure?.value === 0 ? 'zero' : '';
  return html`<td class=${look}>${text}${id === 'waiting' ? bar(figure?.value) : nothing}</td>`;
}

const bar = (value = 0) => html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
  <rect x=${100 - share(value)} width=${share(value)} height="1"></rect></svg>`;

const share = (value) => Math.min(100, (value / FULL_QUEUE) * 100);
