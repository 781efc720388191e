// Queues and ratings of a period: how many came, how long they waited, who gave up, what they thought of it.
import { html, nothing } from 'lit-html';
import * as format from '../format.js';
import { t } from '../i18n/words.js';

const COLUMNS = ['issued', 'called', 'noShow', 'abandoned'];
const TIMES = ['waitMean', 'waitP90', 'waitLongest', 'serviceMean'];

export const paths = ({ area, period }) => ({
  areas: `/api/v1/reports/queue?${new URLSearchParams({ area, period, by: 'area' })}`,
  counters: `/api/v1/reports/queue?${new URLSearchParams({ area, period, by: 'counter' })}`,
});

export const view = ({ areas, counters }, { asked, areaName }) => html`
  <div class="wide" tabindex="0" role="region" aria-label=${t('reports.table', { what: t('reports.queue') })}><table><thead><tr><th scope="col">${t('reports.by.area')}</th>
    ${COLUMNS.map((column) => html`<th scope="col">${t(`reports.queue.${column}`)}</th>`)}
    ${TIMES.map((column) => html`<th scope="col">${t(`reports.queue.${column}`)}</th>`)}<th scope="col">${t('reports.queue.satisfaction')}</th></tr></thead>
    <tbody>${areas.rows.map((row) => line(row, areaName(row.key, row)))}</tbody><tfoot>${line(areas.total, t('reports.total'))}</tfoot></table></div>
  ${areas.rows.length === 0 ? html`<p>${t('reports.queue.none')}</p>` : nothing}
  ${counters.rows.length ? hours(counters) : nothing}
  <p class="links"><a href=${`/api/v1/reports/queue?${new URLSearchParams({ area: asked.area, period: asked.period, by: 'day', format: 'csv' })}`} download>${t('reports.csv.days')}</a></p>`;

const line = (row, label) => html`<tr><th scope="row">${label}</th>${COLUMNS.map((column) => html`<td>${format.number(row[column])}</td>`)}
  ${TIMES.map((column) => html`<td>${format.minutes(row[column])}</td>`)}
  <td>${row.satisfaction ? html`${format.percent(row.satisfaction.value)} % <small>n = ${row.satisfaction.denominator}</small>` : format.NONE}</td></tr>`;

/** Tickets called by each counter in each hour of the day. */
function hours({ rows }) {
  const columns = [...new Set(rows.flatMap(({ hours: counts }) => Object.keys(counts)))].sort();
  return html`<h3>${t('reports.queue.counters')}</h3><div class="wide" tabindex="0" role="region" aria-label=${t('reports.table', { what: t('reports.queue.counters') })}><table>
    <thead><tr><th scope="col">${t('reports.by.counter')}</th>${columns.map((hour) => html`<th scope="col">${hour}h</th>`)}<th scope="col">${t('reports.total')}</th></tr></thead>
    <tbody>${rows.map(({ key, hours: counts, called }) => html`<tr><th scope="row">${key === '' ? t('reports.queue.otherCounters') : key === '-' ? t('reports.unknown') : t('reports.queue.counter', { counter: key })}</th>${columns.map((hour) => html`<td>${format.number(counts[hour] ?? 0)}</td>`)}<td>${format.number(called)}</td></tr>`)}</tbody></table></div>`;
}
