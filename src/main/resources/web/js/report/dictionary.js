// The figures' dictionary: what each number on a screen is, how it comes about, and which law says so.
import { html } from 'lit-html';
import { t } from '../i18n/words.js';
import { lang } from '../session.js';

let wanted = '';

export const paths = () => ({ figures: '/api/v1/figures' });

export function view({ figures }, { again }) {
  const found = figures.filter((figure) => [figure.id, figure.vi, figure.en, figure.viNote, figure.enNote].join(' ').toLowerCase().includes(wanted));
  return html`<label class="search">${t('reports.search')}<input type="search" @input=${({ target }) => { wanted = target.value.trim().toLowerCase(); again(); }}></label>
    <p role="status">${t('reports.found', { count: found.length, all: figures.length })}</p>
    <dl class="figures">${found.map(entry)}</dl>`;
}

const entry = (figure) => html`<div><dt>${lang === 'en' ? figure.en : figure.vi} <code>${figure.id}</code></dt>
  <dd>${lang === 'en' ? figure.enNote : figure.viNote}${figure.direction === 'none' ? '' : ` · ${t(`reports.direction.${figure.direction}`)}`}${figure.unit ? ` · ${t('reports.unit', { unit: figure.unit })}` : ''}</dd>
  <dd class="formula">${figure.formula}</dd>
  <dd>${figure.law ? html`${t('reports.law')}: ${figure.law} · ` : ''}${t('reports.fedBy')}: ${figure.events.map((kind) => t(`reports.kind.${kind}`)).join(', ')}</dd></div>`;
