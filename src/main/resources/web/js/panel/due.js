// What has to be finished today: running dossiers by the last digits of their code, in the order of these.
import { html, render, nothing } from 'lit-html';
import { isFar } from '../session.js';
import * as format from '../format.js';
import { t, tOr } from '../i18n/words.js';

const PLACES = isFar ? 7 : 10;

export function mount(store) {
  const panel = document.querySelector('.due');
  const [meta, body] = ['.meta', '.body'].map((selector) => panel.querySelector(selector));
  store.on(['desk', 'area'], 2, ({ desk, area }) => {
    const { count = 0, dossiers = {} } = desk?.due ?? {};
    const rows = Object.entries(dossiers).sort(([a], [b]) => (a < b ? -1 : 1));
    render(count ? t('due.count', { count: format.number(count) }) : nothing, meta);
    render(rows.length ? table(rows, count) : html`<div class="empty">${area ? t('due.none') : ''}</div>`, body);
  });
}

const table = (rows, count) => html`<ul class="dlist">${rows.slice(0, PLACES).map(row)}</ul>
  <div class="foot">${count > PLACES ? t('due.more', { count: format.number(count - Math.min(PLACES, rows.length)) }) : nothing}</div>`;

const row = ([digits, { procedure, status }]) => html`<li><b>${digits}</b>
  <span>${tOr(`procedure.${procedure}`, 'procedure', { code: procedure })}</span><small>${tOr(`status.${status}`, 'status.other', {})}</small></li>`;
