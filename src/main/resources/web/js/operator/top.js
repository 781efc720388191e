// Who sits here and for whom, the key figures, whether the numbers can be trusted, whether it can be heard, what time it is; what
// is new is spoken; and the keys, on demand.
import { html, nothing, render } from 'lit-html';
import { alarmRow } from '../attention.js';
import * as clock from '../clock.js';
import { figureName, offTarget, show } from '../figures.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { LAMPS, isShutOut, organisation, tick, trust, warning } from '../panel/header.js';
import { signInAddress } from '../person.js';
import { shiftButton } from './shift.js';

const KPIS = ['received', 'onTimeRate', 'overdueNow', 'waitMean'];
const PLAYED = 'M5 12a7 7 0 1 0 2.2-5.1M5 4.500V8h3.600M12 8.500V12l2.600 1.600';
const SPEAKERS = {
  on: 'M4 9.5v5h3.500L12 18.500v-13L7.500 9.500zM15 9a4 4 0 0 1 0 6M17.500 6.500a8 8 0 0 1 0 11',
  off: 'M4 9.5v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9.500l5 5M20.500 9.500l-5 5',
};
const KEYS = { A: 'acknowledge', C: 'note', S: 'shelve', U: 'unshelve', T: 'takeOver', R: 'reset', H: 'handOver', '↑ ↓': 'move', 'Home End': 'ends', M: 'silence', Esc: 'close', '?': 'help' };

export function mountTop(store, link, desk, sound, wasRefused) {
  const [top, banner, notice] = ['.top', '.banner', '.notice'].map((selector) => document.querySelector(selector));
  const paint = () => {
    document.documentElement.dataset.mode = desk.isReplay ? 'replay' : 'live';
    render(header(store.data, link, desk, sound), top);
    render(troubled(link) || unseenNow(desk), banner);
    render(isShutOut(link) ? page(link, desk, wasRefused) : nothing, notice);
  };
  store.on(['area', 'figures', 'freshness', 'desk'], 10, paint);
  link.on(paint);
  tick(paint);
  document.addEventListener('keydown', (event) => event.key === '?' && !desk.isWriting(event) && help());
  announce(store, desk);
}

const header = (data, link, desk, sound) => html`
  <div class="brand"><div class="org">${organisation(data.area) || t('title')}</div><h1>${t('desk.title')}</h1></div>
  <dl class="kpis">${KPIS.map((id) => kpi(id, data.figures?.[id]))}</dl>
  ${speaker(sound)}
  <div class="link" role="status" aria-live="off"><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${link.playing ? PLAYED : (LAMPS[link.state] ?? LAMPS.reconnecting)}></path></svg>
    <b>${t(`link.${shown(link)}`)}</b><small>${link.playing && link.state === 'live' ? played(link) : trust(link, data.freshness)}</small></div>
  <div class="who"><b>${desk.person?.display ?? desk.person?.name ?? format.NONE}</b><small>${desk.person ? t(`role.${desk.person.role}`) : ''}${desk.person?.display ? html` · <a href=${signInAddress()}>${t('person.account')}</a>` : nothing}</small></div>
  ${shiftButton(desk)}<button class="btn icon" type="button" @click=${help} aria-label=${t('keys.title')}>?</button>
  <time>${format.clock(clock.now())}</time>`;

const shown = (link) => (link.playing && link.state === 'live' ? 'replay' : link.state);

const played = (link) => (link.isFetching ? t('desk.fetching') : `${format.date(clock.now())} ${format.clockShort(clock.now())}`);

function kpi(id, figure) {
  const { text, unit } = show(id, figure, clock.now());
  return html`<div class=${offTarget(figure) ? 'off' : ''}><dt>${id === 'received' ? t('kpi.received') : figureName(id)}</dt><dd>${text}${unit ? html`<i>${unit === '%' ? '%' : ` ${unit}`}</i>` : nothing}</dd></div>`;
}

/** Switching the sound off is not silencing: that ends with the next new alarm. */
function speaker(sound) {
  const state = sound.state();
  return html`<button class="sound ${state}" type="button" @click=${() => sound.turn(state === 'off' || state === 'blocked')} aria-pressed=${String(state === 'on' || state === 'silenced')}
    ><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${SPEAKERS[state === 'on' ? 'on' : 'off']}></path></svg><span>${t(`sound.${state}`)}</span></button>`;
}

const troubled = (link) => warning(link) || (link.trouble ? t(`desk.past.${['busy', 'ended'].includes(link.trouble) ? link.trouble : 'trouble'}`) : '');

/** Who looks at the past does not see what comes in now. */
function unseenNow({ isReplay, unseenNow: now }) {
  return isReplay && now?.count ? t('desk.past.unseen', { count: format.number(now.count), severity: t(`severity.${now.severity}`) }) : '';
}

function page(link, desk, wasRefused) {
  const key = link.state === 'forbidden' ? 'notice.forbidden' : wasRefused ? 'notice.refused' : 'desk.signedOut';
  const scope = link.scope ?? 'AREA';
  return html`<div role="alert"><h2>${t(key, { scope })}</h2><p>${t('desk.signedOut.how')}</p>${desk.drafts.all().length ? html`<p><b>${t('desk.signedOut.kept')}</b></p>` : nothing}
    <p><a href=${signInAddress()}>${t('signin.enter')}</a></p></div>`;
}

function help() {
  let dialog = document.querySelector('dialog.keys');
  if (dialog) return;
  dialog = document.createElement('dialog');
  dialog.className = 'keys';
  dialog.setAttribute('aria-labelledby', 'h-keys');
  render(html`<h2 id="h-keys">${t('keys.title')}</h2><dl>${Object.entries(KEYS).map(([key, does]) => html`<div><dt>${key.split(' ').map((each) => html`<kbd>${each}</kbd>`)}</dt><dd>${t(`keys.does.${does}`)}</dd></div>`)}</dl>
    <form method="dialog"><button class="btn main">${t('keys.close')}</button></form>`, dialog);
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

/** Says what is new: a high one at once, others when the reader pauses. */
function announce(store, desk) {
  let known;
  store.on(['alarms', 'area'], 4, (data) => {
    if (!data.area || desk.isReplay) return;
    const unseen = Object.entries(data.alarms ?? {}).filter(([, alarm]) => alarm.state === 'unacknowledged');
    const fresh = unseen.filter(([id, alarm]) => known && !known.has(`${id}/${alarm.occurrence}`));
    known = new Set(unseen.map(([id, alarm]) => `${id}/${alarm.occurrence}`));
    speak('#say-now', data, fresh.filter(([, alarm]) => alarm.severity === 1));
    speak('#say', data, fresh.filter(([, alarm]) => alarm.severity > 1));
  });
}

/** In a flood nobody can listen to each one. */
const SPOKEN = 3;

function speak(region, data, alarms) {
  if (alarms.length === 0) return;
  const said = alarms.slice(0, SPOKEN).map(([id, alarm]) => `${t(`severity.${alarm.severity}`)}: ${alarmRow(data, id, alarm, clock.now()).title}`);
  if (alarms.length > SPOKEN) said.push(t('attention.more', { count: alarms.length - SPOKEN }));
  document.querySelector(region).textContent = said.join('. ');
}
