// The counters of one desk, each with the ticket it serves, over how the queue stands.
import { html, render, nothing } from 'lit-html';
import * as clock from '../clock.js';
import { isFar } from '../session.js';
import { offTarget, show } from '../figures.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { counters, isJustCalled } from '../queue.js';

const PLACES = isFar ? 6 : 5;
const QUEUE = ['waitOldest', 'waitP90', 'serviceMean'];

export function mount(store) {
  const panel = document.querySelector('.calls');
  const [meta, body] = ['.meta', '.body'].map((selector) => panel.querySelector(selector));
  store.on(['desk', 'figures', 'now'], 2, ({ desk, figures = {} }) => {
    const all = counters(desk);
    const busy = all.filter((counter) => counter.state === 'serving').length;
    render(all.length ? t('calls.busy', { busy: format.number(busy), count: format.number(all.length) }) : nothing, meta);
    render(html`${list(all)}<dl class="queue">${QUEUE.map((id) => entry(id, figures[id]))}</dl>`, body);
  });
}

const list = (all) =>
  all.length === 0
    ? html`<div class="empty">${t('calls.none')}</div>`
    : html`<ul class="clist">${all.slice(0, PLACES).map(row)}</ul>
        <div class="foot">${all.length > PLACES ? t('calls.more', { count: all.length - PLACES }) : nothing}</div>`;

function row(counter) {
  const isServing = counter.state === 'serving';
  const since = Date.parse(counter.since);
  const time = format.moment(since, clock.now());
  return html`<li class="call ${isServing ? '' : 'free'} ${isJustCalled(counter, clock.now()) ? 'new' : ''}">
    <span>${t('calls.counter', { name: counter.name })}</span><b>${isServing ? counter.ticket : t('calls.free')}</b>
    <small>${isServing ? t('calls.for', { age: format.age(clock.now() - since) }) : t('calls.since', { time })}</small></li>`;
}

function entry(id, figure) {
  const { text, unit } = show(id, figure, clock.now());
  const off = offTarget(figure);
  return html`<div class=${off ? `off p${off}` : ''}><dt>${t(`queue.${id}`)}</dt><dd>${text}<small>${unit}</small></dd></div>`;
}
