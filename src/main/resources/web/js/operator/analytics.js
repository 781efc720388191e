// How well the alarms serve those who sit here: the figures of EEMUA 191 and ISA-18.2, each beside what it should be.
import { html, nothing, render, svg } from 'lit-html';
import * as clock from '../clock.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { mark } from '../marks.js';
import { areaName, sensorName } from '../names.js';
import { ruleName } from './desk.js';

const DAY = 86_400_000;
const PERIODS = ['day', 'week', 'month', 'quarter'];
/** EEMUA 191 and ISA-18.2 as restated in open texts: what one operator can take. */
const TARGETS = { perDay: 150, perHour: 6, peakTenMinutes: 10, floodShare: 0.01, topShare: 0.05, stale: 5 };
/** How alarms should be spread over severities. */
const SHARES = { 1: 0.05, 2: 0.15, 3: 0.8 };
const BAR = 220;

let period = 'day';

/** Draws the page in place of the list; done() leads back. */
export async function showAnalytics(host, data, area, done) {
  render(html`<div class="analytics"><p>${t('analytics.fetching')}</p></div>`, host);
  const again = () => showAnalytics(host, data, area, done);
  const found = await read(area);
  render(html`<div class="analytics"><header><h2>${t('analytics.title')}</h2>
      <div class="seg" role="group" aria-label=${t('analytics.period')}>${PERIODS.map((each) => html`<button type="button" aria-pressed=${String(period === each)} @click=${() => {
    period = each;
    again();
  }}>${t(`analytics.${each}`)}</button>`)}</div><button type="button" class="btn" @click=${done}>${t('analytics.back')}</button></header>
    ${found ? figures(data, found) : html`<p role="alert">${t('analytics.failed')}</p>`}</div>`, host);
}

async function read(area) {
  try {
    const response = await fetch(`/api/v1/alarms/performance?period=${named(clock.present())}${area ? `&area=${encodeURIComponent(area)}` : ''}`, { cache: 'no-store' });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** The present period's name: 2026-11-25, 2026-W48, 2026-11 or 2026-Q4, by local dates. */
function named(now) {
  const local = new Date(now + 7 * 3_600_000);
  const date = local.toISOString().slice(0, 10);
  const [year, month] = date.split('-').map(Number);
  if (period === 'day') return date;
  if (period === 'month') return date.slice(0, 7);
  if (period === 'quarter') return `${year}-Q${Math.ceil(month / 3)}`;
  const thursday = new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * DAY);
  const week = Math.ceil(((thursday - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / DAY + 1) / 7);
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

const figures = (data, found) => html`<dl class="tiles">
    ${tile('raised', format.number(found.raised), '')}
    ${tile('perDay', format.number(found.perDay), atMost(TARGETS.perDay), found.perDay > TARGETS.perDay)}
    ${tile('perHour', format.number(found.perHour, 1), atMost(TARGETS.perHour), found.perHour > TARGETS.perHour)}
    ${tile('peakTenMinutes', format.number(found.peakTenMinutes), atMost(TARGETS.peakTenMinutes), found.peakTenMinutes > TARGETS.peakTenMinutes)}
    ${tile('floodShare', `${format.percent(found.floodShare, 'low')}%`, t('target.atMost', { value: '1%' }), found.floodShare > TARGETS.floodShare)}
    ${tile('acknowledge', found.toAcknowledge.n ? length(found.toAcknowledge.p50) : format.NONE, found.toAcknowledge.n ? t('analytics.p90', { value: length(found.toAcknowledge.p90) }) : '')}
    ${tile('unacknowledged', format.number(found.unacknowledged), '')}
    ${tile('stale', format.number(found.stale), t('analytics.below', { value: TARGETS.stale }), found.stale >= TARGETS.stale)}
    ${tile('chattering', format.number(found.chattering.length), atMost(0), found.chattering.length > 0)}
    ${tile('fleeting', format.number(found.fleetingTimes), '')}</dl>
  <div class="columns"><section aria-labelledby="h-severities"><h3 id="h-severities">${t('analytics.severities')}</h3>${severities(found)}
    <h3>${t('analytics.chattering')}</h3>${most(data, found.chattering, found.raised)}</section>
  <section aria-labelledby="h-top"><h3 id="h-top">${t('analytics.top')}${found.topShare ? html` <small class=${found.topShare.value > TARGETS.topShare ? 'off' : ''}>${t('analytics.topShare', { value: format.percent(found.topShare.value, 'low', 0) })}</small>` : nothing}</h3>
    ${most(data, found.top, found.raised)}</section></div>`;

const atMost = (value) => t('target.atMost', { value });

const tile = (id, value, target, isOff = false) =>
  html`<div class=${isOff ? 'off' : ''}><dt>${t(`analytics.${id}`)}</dt><dd><b>${value}</b><small>${target}</small></dd></div>`;

const length = (seconds) => (seconds < 120 ? t('age.seconds', { count: seconds }) : format.age(seconds * 1000));

const bar = (share, className, goal) => html`<svg class="share ${className}" viewBox="0 0 ${BAR} 14" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width=${BAR} height="14"></rect>
  <rect width=${Math.round(Math.min(1, share) * BAR)} height="14"></rect>${goal === undefined ? nothing : svg`<rect class="goal" x=${Math.round(goal * BAR) - 1} width="2.5" height="14"></rect>`}</svg>`;

function severities({ bySeverity, raised }) {
  return html`<ul class="bars">${Object.entries(SHARES).map(([severity, goal]) => {
    const share = raised ? (bySeverity[severity] ?? 0) / raised : 0;
    return html`<li>${mark(severity, { solid: true })}<span>${t(`severity.${severity}`)}</span>${bar(share, `p${severity}`, goal)}<b>${raised ? `${format.percent(share, 'low', 0)}%` : format.NONE}</b><small>${t('analytics.about', { value: goal * 100 })}</small></li>`;
  })}</ul>`;
}

const most = (data, list, raised) =>
  list.length === 0
    ? html`<p>${t('analytics.none')}</p>`
    : html`<ul class="bars">${list.map(({ rule, source, times }) => html`<li><span>${ruleName(rule)}<small>${nameOf(data, source)}</small></span>${bar(times / Math.max(1, raised), '', undefined)}<b>${t('analytics.times', { count: format.number(times) })}</b></li>`)}</ul>`;

const nameOf = (data, source) => (data.sensors?.[source] ? sensorName(data, source, data.sensors[source]) : areaName(data, source));
