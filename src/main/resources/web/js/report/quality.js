// What is odd in the data: messages that were repeats or refused, gaps in a source's own count, dossiers whose steps, due
// dates or procedures are not as they should be. All of it was kept; a person should have a look.
import { html, nothing } from 'lit-html';
import * as format from '../format.js';
import { t, word } from '../i18n/words.js';

const SUM = ['committed', 'duplicate', 'rejected', 'refused', 'interrupted', 'inFlight'];
const BESIDE = ['gaps', 'conflict', 'unidentified', 'qos0'];
const ODD = ['rejected', 'refused', 'gaps', 'conflict', 'duplicate', 'interrupted', 'unidentified'];
const CHECKS = [['unexpected', 'dossiersWithUnexpectedTransitions'], ['dueMismatch', 'dueMismatches']];
const SHOWN_SOURCES = 30;
const lists = new Map();

/** The ledger is kept by day: a longer period shows today's. */
export const paths = ({ area, period }, today) => ({
  ledger: `/api/v1/ledger?date=${/^\d{4}-\d{2}-\d{2}$/.test(period) ? period : today}`,
  quality: `/api/v1/reports/quality?${new URLSearchParams({ area })}`,
});

export const view = ({ ledger, quality }, tools) => html`<h3>${t('reports.ledger', { date: format.date(Date.parse(`${ledger.date}T00:00:00+07:00`)) })}</h3>
  <p class="balance"><span><b>${format.number(ledger.total.received)}</b> ${t('reports.ledger.received')}</span> = ${SUM.map((id, index) => html`${index ? ' + ' : ''}<span><b>${format.number(ledger.total[id])}</b> ${t(`reports.ledger.${id}`)}</span>`)}</p>
  <p>${BESIDE.map((id, index) => html`${index ? ' · ' : ''}<span>${t(`reports.ledger.${id}`)} <b>${format.number(ledger.total[id])}</b></span>`)}</p>
  ${sources(ledger.sources)}
  <h3>${t('reports.odd')}</h3>
  <ul class="checks">${CHECKS.map(([status, count]) => check(status, quality[count], tools))}
    ${check('unknownProcedure', quality.unknownProcedures.reduce((sum, { dossiers }) => sum + dossiers, 0), tools)}</ul>
  ${quality.unknownProcedures.length ? html`<div class="wide" tabindex="0" role="region" aria-label=${t('reports.table', { what: t('reports.unknownProcedures') })}><table><thead><tr><th scope="col">${t('reports.unknownProcedures')}</th><th scope="col">${t('reports.dossiers')}</th></tr></thead>
    <tbody>${quality.unknownProcedures.map(({ procedure, dossiers }) => html`<tr><th scope="row">${procedure}</th><td>${format.number(dossiers)}</td></tr>`)}</tbody></table></div>` : nothing}
  ${quality.beyondBounds?.length ? beyond(quality.beyondBounds, tools) : nothing}
  ${quality.notEntitled?.length ? bySource('reports.notEntitled', ['source', 'steps'], quality.notEntitled, tools) : nothing}
  ${quality.awaited?.length ? bySource('reports.awaited', ['source', 'area', 'dossiers'], quality.awaited, tools) : nothing}
  ${quality.setAside?.length ? aside(quality.setAside, tools) : nothing}`;

/** Who sent more than is kept: what came beyond is in the journal and not counted in full. */
const beyond = (all, { areaName }) => html`<h3>${t('reports.beyond')}</h3>
  <div class="wide" tabindex="0" role="region" aria-label=${t('reports.table', { what: t('reports.beyond') })}><table><thead><tr>${['source', 'area', 'bound', 'events', 'newest'].map((id) => html`<th scope="col">${t(`reports.beyond.${id}`)}</th>`)}</tr></thead>
    <tbody>${all.map((one) => html`<tr><th scope="row">${one.source}</th><td>${areaName(one.area)}</td><td>${t(`reports.bound.${one.bound}`)}</td><td>${format.number(one.events)}</td><td>${format.date(Date.parse(one.newest))} ${format.clockShort(Date.parse(one.newest))}</td></tr>`)}</tbody></table></div>`;

/** What sources said of dossiers that are not, or not yet, their area's business. */
const bySource = (title, columns, all, { areaName }) => html`<h3>${t(title)}</h3>
  <div class="wide" tabindex="0" role="region" aria-label=${t('reports.table', { what: t(title) })}><table><thead><tr>${columns.map((id) => html`<th scope="col">${t(`reports.foreign.${id}`)}</th>`)}</tr></thead>
    <tbody>${all.slice(0, SHOWN_SOURCES).map((one) => html`<tr>${columns.map((id) => html`<td>${id === 'area' ? areaName(one.area) : id === 'source' ? one.source : format.number(one[id])}</td>`)}</tr>`)}</tbody></table></div>
  ${all.length > SHOWN_SOURCES ? html`<p>${t('reports.more', { count: all.length - SHOWN_SOURCES })}</p>` : nothing}`;

/** Events of the journal that no figure counts; a later build takes them again by the command readmit. */
const aside = (all, { areaName }) => html`<h3>${t('reports.setAside')}</h3>
  <div class="wide" tabindex="0" role="region" aria-label=${t('reports.table', { what: t('reports.setAside') })}><table><thead><tr>${['position', 'reason', 'source', 'area', 'kind', 'at', 'detail'].map((id) => html`<th scope="col">${t(`reports.setAside.${id}`)}</th>`)}</tr></thead>
    <tbody>${all.map((one) => html`<tr><th scope="row">${one.position}</th><td>${t(`reports.setAside.${one.reason}`)}</td><td>${one.source ?? format.NONE}</td><td>${one.area ? areaName(one.area) : format.NONE}</td><td>${one.kind ?? format.NONE}</td><td>${format.date(Date.parse(one.at))} ${format.clockShort(Date.parse(one.at))}</td><td>${one.detail}</td></tr>`)}</tbody></table></div>`;

function sources(all) {
  const odd = Object.entries(all)
    .filter(([, counts]) => ODD.some((id) => counts[id] > 0))
    .sort(([, a], [, b]) => ODD.map((id) => b[id] - a[id]).find((difference) => difference) ?? 0);
  if (odd.length === 0) return html`<p>${t('reports.ledger.clean')}</p>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label=${t('reports.table', { what: t('reports.ledger.source') })}><table><thead><tr><th scope="col">${t('reports.ledger.source')}</th>
    <th scope="col">${t('reports.ledger.received')}</th>${ODD.map((id) => html`<th scope="col">${t(`reports.ledger.${id}`)}</th>`)}</tr></thead>
    <tbody>${odd.slice(0, SHOWN_SOURCES).map(([id, counts]) => html`<tr><th scope="row">${id === '-' ? t('reports.ledger.strangers') : id}</th>
      <td>${format.number(counts.received)}</td>${ODD.map((column) => html`<td>${format.number(counts[column])}</td>`)}</tr>`)}</tbody></table></div>
  ${odd.length > SHOWN_SOURCES ? html`<p>${t('reports.more', { count: odd.length - SHOWN_SOURCES })}</p>` : nothing}`;
}

function check(status, count, tools) {
  const key = `${tools.asked.area} ${status}`;
  return html`<li><b>${format.number(count)}</b> ${t(`reports.odd.${status}`)}
    ${count > 0 && !lists.has(key) ? html`<button class="quiet" @click=${() => open(key, status, tools)} aria-label=${t('reports.odd.show', { what: t(`reports.odd.${status}`) })}>${t('reports.show')}</button>` : nothing}
    ${lists.has(key) ? listed(lists.get(key), tools) : nothing}</li>`;
}

async function open(key, status, tools) {
  const { body, why } = await tools.ask(`/api/v1/dossiers?${new URLSearchParams({ area: tools.asked.area, status, limit: 50 })}`);
  lists.set(key, body ?? { dossiers: [], why });
  tools.again();
}

const listed = ({ dossiers, next, why }, { areaName }) => html`${why ? html`<div class="wrong" role="alert">${why}</div>` : nothing}
  <div class="wide" tabindex="0" role="region" aria-label=${t('reports.table', { what: t('reports.dossiers') })}><table><thead><tr>${['code', 'procedure', 'area', 'status', 'receivedAt', 'dueAt', 'dueByLaw', 'unexpected'].map((id) => html`<th scope="col">${t(`reports.dossier.${id}`)}</th>`)}</tr></thead>
  <tbody>${dossiers.map((one) => html`<tr><th scope="row">${one.dossier}</th><td>${word('procedure', one.procedure)}</td><td>${areaName(one.area)}</td><td>${t(`reports.status.${one.status}`)}</td>
    <td>${day(one.receivedAt)}</td><td>${day(one.dueAt)}${one.expectedDaysOff ? html`<small> ${t('reports.dossier.expected')}</small>` : nothing}</td><td>${day(one.dueByLaw)}</td><td>${one.unexpected}</td></tr>`)}</tbody></table></div>
  ${next ? html`<p>${t('reports.first', { count: dossiers.length })}</p>` : nothing}`;

const day = (instant) => (instant ? format.date(Date.parse(instant)) : format.NONE);
