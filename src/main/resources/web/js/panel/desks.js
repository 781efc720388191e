// The desks in configured order, never re-sorted: a place on the wall always means the same commune.
// A screen whose area has no children shows that area's own figures instead.
import { html, render, nothing } from 'lit-html';
import * as clock from '../clock.js';
import { figureName } from '../dictionary.js';
import * as format from '../format.js';
import { offTarget, percentText, show, target } from '../figures.js';
import { t } from '../i18n/words.js';
import { areaName, inOrder } from '../names.js';

const COLUMNS = ['waiting', 'waitMean', 'done', 'overdueNow', 'onTimeRate'];
const OWN = ['received', 'processing', 'done', 'overdueNow', 'onTimeRate', 'waiting', 'waitMean', 'waitP90', 'serviceMean', 'satisfaction', 'onlineShare'];
/** The bar under the waiting count is full at this many people. */
const FULL_QUEUE = 30;

export function mountDesks(store) {
  const panel = document.querySelector('.desks');
  const [title, state, body] = ['h2', '.meta', '.body'].map((selector) => panel.querySelector(selector));
  store.on(['children', 'figures', 'area', 'now'], 2, (data) => {
    const ids = inOrder(data.children);
    render(t(ids.length || !data.area ? 'panel.desks' : 'panel.figures'), title);
    render(opening(data.area), state);
    render(ids.length ? desks(data, ids) : own(data.figures ?? {}), body);
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

const own = (figures) => html`<table class="own">
  <thead><tr><th scope="col">${t('table.figure')}</th><th scope="col">${t('table.value')}</th><th scope="col">${t('table.target')}</th></tr></thead>
  <tbody>${OWN.map((id) => ownRow(id, figures[id]))}</tbody></table>`;

function ownRow(id, figure) {
  const { text, unit } = show(id, figure);
  const off = offTarget(figure);
  return html`<tr><th scope="row">${figureName(id)}</th>
    <td class=${off ? `off p${off}` : ''}>${text}${unit === '%' ? '%' : unit ? ` ${unit}` : ''}</td><td class="goal">${target(id, figure)}</td></tr>`;
}
