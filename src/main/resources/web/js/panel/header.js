// Who this wall is for, whether the desks are open, what time it is; and whether the numbers can be trusted: when they
// cannot, a banner lies over the key figures, and a page over everything while this screen may see nothing.
import { html, render, nothing } from 'lit-html';
import * as clock from '../clock.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { ownName } from '../names.js';

/** A PC clock wrong by less than this disturbs nobody. */
const SKEW_TOLD_MS = 3_000;

const emblem = html`<svg viewBox="0 0 56 56" aria-hidden="true"><rect x="1" y="1" width="54" height="54" rx="8"></rect>
  <path d="M8 38c6.7-5 13.3 5 20 0s13.3 5 20 0" opacity=".45"></path><path d="M8 30c6.7-5 13.3 5 20 0s13.3 5 20 0" opacity=".75"></path>
  <path d="M14 22a14 14 0 0 1 28 0M28 4.5V8M12.2 9.6l2.2 2.6M43.8 9.6l-2.2 2.6"></path></svg>`;

export const LAMPS = {
  connecting: 'M12 4a8 8 0 1 0 8 8',
  live: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8 12.3l2.8 2.8L16 9.6',
  stale: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3.2 2',
  reconnecting: 'M3.5 9.5c5-4.6 12-4.6 17 0M6.6 13c3.2-2.8 7.6-2.8 10.8 0M12 17.2v.1M4 20 20 4',
};

/** Somebody wanted a sound that the browser does not let through. */
const isMute = () => 'mute' in document.documentElement.dataset;

export const organisation = (area) => (area?.level ? t(`org.${area.level}`, { name: ownName(area) }) : '');

/** Mounts the header: its chip follows the link, its clock the server's time. The title is the screen's. */
export function mountHeader(store, link, { wasRefused, title = t('title') }) {
  const [top, banner, notice] = ['.top', '.banner', '.notice'].map((selector) => document.querySelector(selector));
  const paint = () => {
    render(header(store.data, link, title), top);
    render(warning(link), banner);
    render(isShutOut(link) ? page(link, wasRefused) : nothing, notice);
  };
  store.on(['area', 'freshness'], 2, paint);
  link.on(paint);
  tick(paint);
}

const header = ({ area, freshness }, link, title) => html`
  <div class="brand">${emblem}
    <div><div class="org">${organisation(area)}</div><h1>${title}</h1></div></div>
  <div class="closed" ?hidden=${area?.openNow !== false}>${area?.openNow === false ? closedDesks(area) : nothing}</div>
  <div class="link" role="status" aria-live="off">
    <svg class="lamp" viewBox="0 0 24 24" aria-hidden="true"><path d=${LAMPS[link.state] ?? LAMPS.reconnecting}></path></svg>
    <b>${t(`link.${link.state}`)}</b><small>${trust(link, freshness)}</small></div>
  <div class="clock">${time(clock.now())}</div>`;

function time(now) {
  const text = format.clock(now);
  return html`<time>${text.slice(0, 5)}<i>${text.slice(5)}</i></time><small>${isMute() ? t('sound.mute') : `${format.weekday(now)}, ${format.date(now)}`}</small>`;
}

function closedDesks(area) {
  const holiday = area.holiday && area.holidayExpected ? t('desks.expected', { holiday: area.holiday }) : area.holiday;
  const why = holiday ?? t(`desks.closed.${area.closed ?? 'night'}`);
  const opens = area.opensAt ? t('desks.opens', { time: format.moment(Date.parse(area.opensAt), clock.now()) }) : '';
  return html`<b>${t('desks.closed')}</b><small>${[why, opens].filter(Boolean).join(' · ')}</small>`;
}

/** What the link says of its numbers' age, and of the clocks they go by. */
export function trust(link, freshness) {
  if (link.state === 'stale') return t('link.stoppedAt', { time: format.clock(link.dataAt) });
  if (link.state !== 'live' && link.state !== 'connecting') {
    const seconds = Math.max(0, Math.ceil((link.retryAt - performance.now()) / 1000));
    return t('link.retry', { seconds, tries: link.tries });
  }
  const skew = clock.skew();
  if (Math.abs(skew) > SKEW_TOLD_MS) return t(skew < 0 ? 'link.ahead' : 'link.behind', { time: format.drift(Math.abs(skew)) });
  if (freshness?.clock) return t('link.serverClock', { time: format.moment(Date.parse(freshness.clock.since), clock.now()) });
  return link.dataAt ? t('link.dataAt', { time: format.clock(link.dataAt) }) : format.NONE;
}

// On the second of the server's clock, so that all walls of a room step together.
export function tick(paint) {
  paint();
  setTimeout(() => tick(paint), 1000 - (clock.now() % 1000) + 5);
}

/** Tells whether this screen may see nothing. */
export const isShutOut = (link) => link.state === 'signedOut' || link.state === 'forbidden';

/** What stands over numbers that cannot be trusted; empty while they can. */
export function warning(link) {
  if (link.state === 'stale') return t('banner.stale', { seconds: Math.round(link.quietMs / 1000) });
  if (link.state !== 'reconnecting') return '';
  return link.dataAt ? t('banner.reconnecting', { time: format.clock(link.dataAt) }) : t('banner.unreached');
}

function page(link, wasRefused) {
  const key = link.state === 'forbidden' ? 'forbidden' : wasRefused ? 'refused' : 'signedOut';
  const scope = link.scope ?? 'AREA';
  return html`<div role="alert"><h2>${t(`notice.${key}`, { scope })}</h2><p>${t(`notice.${key}.how`)}</p>
    <code>kydai token add --role wall --scope ${scope}</code>
    <code>${location.origin}${location.pathname}#token=…</code></div>`;
}
