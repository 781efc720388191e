// Alarms, and the conditions that stand for them: only what nobody has acknowledged flashes, and only its mark.
import { html, render, nothing } from 'lit-html';
import { attention } from '../attention.js';
import * as clock from '../clock.js';
import { isFar } from '../session.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { mark } from '../marks.js';
import { floodBanner } from './flood.js';

const ROWS = isFar ? { district: 7, room: 4 } : { district: 6, room: 6 };
const SEVERITIES = [1, 2, 3];
const STYLE = { unacknowledged: 'unack', returned: 'rtn' };

export function mountAttention(store) {
  const counts = document.querySelector('.alarms .counts');
  const body = document.querySelector('.alarms .body');
  const places = ROWS[document.documentElement.dataset.layout];
  store.on(['alarms', 'alarmFlood', 'sensors', 'figures', 'children', 'area', 'now'], 4, (data) => {
    const { rows, shelved, flood } = attention(data, clock.now());
    render(SEVERITIES.map((severity) => count(severity, rows)), counts);
    render(data.area ? html`${flood ? floodBanner(flood) : nothing}${list(rows, shelved, flood ? places - 1 : places)}` : nothing, body);
    inStep(body);
  });
}

function count(severity, rows) {
  const of = rows.filter((row) => row.severity === severity);
  const solid = of.some((row) => row.state === 'unacknowledged');
  return html`<span class=${of.length ? '' : 'zero'}>${mark(severity, { solid })}${of.length}<span class="vh">${t(`severity.${severity}`)}</span></span>`;
}

const list = (rows, shelved, places) => html`
  ${rows.length ? html`<ul class="alist">${rows.slice(0, places).map(row)}</ul>` : html`<div class="empty">${t('attention.none')}</div>`}
  <div class="foot">
    ${rows.length > places ? html`<span>${t('attention.more', { count: rows.length - places })}</span>` : nothing}
    ${shelved ? html`<span>${t('attention.shelved', { count: format.number(shelved) })}</span>` : nothing}
  </div>`;

function row({ state, severity, title, value, unit, where, status }) {
  const unseen = state === 'unacknowledged';
  return html`<li class="al p${severity} ${STYLE[state] ?? 'ack'}" data-state=${state}>
    ${mark(severity, { solid: unseen, flash: unseen })}<span class="vh">${t(`severity.${severity}`)}</span>
    <div class="l1"><b>${title}</b><span class="vv">${value}<i>${unit}</i></span></div>
    <div class="l2"><span>${where}</span><span class="st">${status}</span></div></li>`;
}

// Marks that flash out of step would look like more alarms than there are.
function inStep(body) {
  for (const flashing of body.querySelectorAll('.flash')) {
    for (const animation of flashing.getAnimations()) animation.startTime = 0;
  }
}
