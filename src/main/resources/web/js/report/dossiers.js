// Dossiers of a period (hồ sơ): where they came from, where they went, and that the one equals the other.
import { html, nothing } from 'lit-html';
import * as format from '../format.js';
import { t, word } from '../i18n/words.js';
import { lang } from '../session.js';

export const GROUPINGS = ['area', 'receivedIn', 'procedure', 'field', 'channel', 'counter'];

const IN = ['carried', 'received'];
const OUT = ['done', 'closedOther', 'processing'];
const COLUMNS = [...IN, 'early', 'onTime', 'late', ...OUT.slice(0, 2), 'inTime', 'overdue', 'paused', 'processing'];

export const paths = ({ area, period, by, of }) => ({ table: `/api/v1/reports/dossiers?${new URLSearchParams({ area, period, by, of })}` });

export const view = ({ table }, { asked, areaName }) => html`${balance(table.total)}
  <div class="wide" tabindex="0" role="region" aria-label=${t('reports.table', { what: t('reports.dossiers') })}><table><thead><tr><th scope="col">${t(`reports.by.${table.by}`)}</th>
    ${COLUMNS.map((column) => html`<th scope="col">${t(`reports.column.${column}`)}</th>`)}<th scope="col">${t('reports.column.onTimeRate')}</th></tr></thead>
    <tbody>${table.rows.map((row) => line(row, name(table.by, row, areaName)))}</tbody>
    <tfoot>${line(table.total, t('reports.total'))}</tfoot></table></div>
  ${table.rows.length === 0 ? html`<p>${t('reports.dossiers.none')}</p>` : nothing}
  <p class="links"><a href=${csv('dossiers', asked)} download>${t('reports.csv')}</a> <a href=${csv('ii06a', asked)} download>${t('reports.ii06a')}</a></p>`;

/** carried + received = done + closed otherwise + processing, in the numbers of the period. */
function balance(total) {
  const side = (columns) => columns.map((column, index) => html`${index ? ' + ' : ''}<span><b>${format.number(total[column])}</b> ${t(`reports.sum.${column}`)}</span>`);
  return html`<p class="balance ${total.balance.holds ? '' : 'wrong'}">${side(IN)} = ${side(OUT)}
    <span class="verdict">${total.balance.holds ? `✓ ${t('reports.balance.holds')}` : t('reports.balance.fails', { in: total.balance.in, out: total.balance.out })}</span></p>`;
}

function name(by, row, areaName) {
  const { key, name: vi, nameEn } = row;
  if (by === 'area' || by === 'receivedIn') return areaName(key, row);
  if (by === 'procedure') return html`${(lang === 'en' ? nameEn : vi) ?? t('reports.procedure.unknown')} <small>${key}</small>`;
  return key === '-' ? t('reports.unknown') : by === 'channel' ? word('reports.channel', key) : key;
}

const line = (row, label) => html`<tr><th scope="row">${label}</th>${COLUMNS.map((column) => html`<td>${format.number(row[column])}</td>`)}
  <td>${row.onTimeRate ? html`${format.percent(row.onTimeRate.value)} % <small>${row.onTimeRate.numerator}/${row.onTimeRate.denominator}</small>` : format.NONE}</td></tr>`;

const csv = (report, { area, period, by, of }) => `/api/v1/reports/${report}?${new URLSearchParams({ area, period, by, of, format: 'csv' })}`;
