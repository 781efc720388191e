// The public screen of a one-stop desk: who is being served, how long it may take, which results can be fetched. It
// names nobody: tickets, and the last four digits of dossiers.
//   /counter#token=…   signs this screen in, once     ?scope=AREA   another area than the token's own     ?lang=en
import { html, render } from 'lit-html';
import { scope, signIn } from './session.js';
import * as clock from './clock.js';
import { show } from './figures.js';
import * as format from './format.js';
import { t } from './i18n/words.js';
import { Link } from './link.js';
import { mountHeader } from './panel/header.js';
import * as ready from './panel/ready.js';
import { counters, expectedWait, isJustCalled } from './queue.js';
import { drawPanels, drawStage } from './stage.js';
import { Store } from './store.js';

/** A ticket just called is told apart for a while. */
const NOW_MS = 2_000;
const PLACES = 6;
const RESULTS = 24;

addEventListener('hashchange', () => location.reload());

drawStage(t('counter.title'));
drawPanels('counter');
const store = new Store();
const link = new Link({ store, scope });
const signedIn = await signIn();
mountHeader(store, link, { wasRefused: signedIn.outcome === 'refused', title: t('counter.title') });
mountNow();
mountWait();
ready.mount(store, RESULTS);
link.start();
setInterval(() => store.touch(['now']), NOW_MS);
document.documentElement.dataset.ready = '';

function mountNow() {
  const body = document.querySelector('.now .body');
  store.on(['desk', 'area', 'now'], 4, (data) => {
    const serving = counters(data.desk).filter((counter) => counter.state === 'serving');
    const latest = serving.toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since)).slice(0, PLACES);
    render(latest.length ? html`<ul>${latest.map(call)}</ul>` : html`<div class="empty">${nobody(data.area)}</div>`, body);
  });
}

const call = (counter) => html`<li class="call ${isJustCalled(counter, clock.now()) ? 'new' : ''}">
  <b>${counter.ticket}</b><span>${t('calls.counter', { name: counter.name })}</span></li>`;

function nobody(area) {
  if (!area) return '';
  if (area.openNow !== false) return t('counter.nobody');
  if (!area.opensAt) return t('desks.closed');
  return `${t('desks.closed')} · ${t('desks.opens', { time: format.moment(Date.parse(area.opensAt), clock.now()) })}`;
}

function mountWait() {
  const host = document.querySelector('.wait .in');
  store.on(['figures', 'desk'], 1, (data) => {
    const { figures = {} } = data;
    const satisfied = show('satisfaction', figures.satisfaction);
    render([
      number('waiting', show('waiting', figures.waiting).text, t('unit.person')),
      number('expected', ...expected(data)),
      number('satisfaction', satisfied.text, satisfied.unit, ratings(figures.satisfaction)),
    ], host);
  });
}

function expected(data) {
  const seconds = expectedWait(data);
  if (seconds === undefined) return [format.NONE, ''];
  return [format.minutes(seconds), t('unit.minute'), t('counter.expected.how')];
}

const ratings = (figure) => (figure?.denominator ? t('sub.ratings', { count: format.number(figure.denominator) }) : '');

const number = (id, value, unit, caption = '') => html`<div class="big" id="big-${id}"><div class="l">${t(`counter.${id}`)}</div>
  <div class="v"><span>${value}</span><small>${unit}</small></div><div class="r">${caption}</div></div>`;
