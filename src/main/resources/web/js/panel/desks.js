// The desks in configured order, never re-sorted: a place on the wall always means the same commune.
import { html, render, nothing } from 'lit-html';
import * as clock from '../clock.js';
import * as format from '../format.js';
import { offTarget, percentText, show } from '../figures.js';
import { t } from '../i18n/words.js';
import { areaName, inOrder } from '../names.js';

const COLUMNS = ['waiting', 'waitMean', 'done', 'overdueNow', 'onTimeRate'];
/** The bar under the waiting count is full at this many people. */
const FULL_QUEUE = 30;

export function mount(store) {
  const panel = document.querySelector('.desks');
  const [state, body] = ['.meta', '.body'].map((selector) => panel.querySelector(selector));
  store.on(['children', 'figures', 'area', 'now'], 2, (data) => {
    render(opening(data.area), state);
    render(desks(data, inOrder(data.children)), body);
  });
}

function opening(area) {
  if (area?.openNow !== false) return '';
  if (!area.opensAt) return t('desks.closed.now');
  return t('desks.closed.until', { time: format.moment(Date.parse(area.opensAt), clock.now()) });
}

const desks = (data, ids) => html`<table class="rows">
  <thead><tr><th scope="col">${t('table.area')}</th>${COLUMNS.map((id) => html`<th scope="col">${t(`table.${id}`)}</th>`)}</tr></thead>
  <tbody>${ids.map((id) => row(areaName(data, id), data.children[id].figures ?? {}, true))}</tbody>
  <tfoot>${row(t('table.total'), data.figures ?? {}, false)}</tfoot></table>`;

const row = (name, figures, withBar) => html`<tr><th scope="row">${name}</th>
  ${COLUMNS.map((id) => cell(id, figures[id], withBar && id === 'waiting'))}</tr>`;

function cell(id, figure, withBar) {
  const text = id === 'waitMean' ? show(id, figure).text : percentText(id, figure);
  const off = offTarget(figure);
  const look = off ? `off p${off}` : figure?.value === 0 ? 'zero' : '';
  return html`<td class=${look}>${text}${withBar ? bar(figure?.value) : nothing}</td>`;
}

const bar = (value = 0) => html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
  <rect x=${100 - share(value)} width=${share(value)} height="1"></rect></svg>`;

const share = (value) => Math.min(100, (value / FULL_QUEUE) * 100);
