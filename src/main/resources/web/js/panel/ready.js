// Results that can be fetched, newest first, by the last digits of their dossiers' codes: nothing else may stand in public.
import { html, render, nothing } from 'lit-html';
import * as format from '../format.js';
import { t } from '../i18n/words.js';

const PLACES = 15;

export function mount(store, places = PLACES) {
  const panel = document.querySelector('.ready');
  const [meta, body] = ['.meta', '.body'].map((selector) => panel.querySelector(selector));
  store.on(['desk', 'area'], 1, ({ desk, area }) => {
    const { count = 0, dossiers = {} } = desk?.results ?? {};
    const newest = Object.entries(dossiers).sort(([a, x], [b, y]) => Date.parse(y.since) - Date.parse(x.since) || (a < b ? -1 : 1));
    render(count ? t('ready.count', { count: format.number(count) }) : nothing, meta);
    render(newest.length ? list(newest, places) : html`<div class="empty">${area ? t('ready.none') : ''}</div>`, body);
  });
}

const list = (newest, places) => html`<div class="hint">${t('ready.hint')}</div>
  <ul class="digits">${newest.slice(0, places).map(([digits]) => html`<li>${digits}</li>`)}</ul>`;
