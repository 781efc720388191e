// Reports for people at a desk: the dossiers of a period with their balance, the parts of the index of Quyết định
// 766/QĐ-TTg with their formulas, queues, what is odd in the data, and what each figure means.
//   /reports   for who is not signed in leads to /signin and back; #token=… signs a reader in     ?lang=en   ?area=19867&period=2026-11&by=field&of=receiving
import { html, render } from 'lit-html';
import { addWords, t } from './i18n/words.js';
import { flat } from './names.js';
import { badge, goSignIn } from './person.js';
import { lang, signIn, whoIs } from './session.js';
import * as dictionary from './report/dictionary.js';
import * as dossiers from './report/dossiers.js';
import * as index766 from './report/index766.js';
import * as quality from './report/quality.js';
import * as queue from './report/queue.js';

const PARTS = { dossiers, index766, queue, quality, dictionary };
const PERIODS = ['day', 'week', 'month', 'quarter', 'year'];
const DAY_MS = 86_400_000;

const host = document.querySelector('#reports');
const query = new URLSearchParams(location.search);
const asked = { area: query.get('area') ?? '', period: query.get('period') ?? '', by: query.get('by') ?? 'area', of: query.get('of') ?? 'deciding' };
const answers = {};
let tree;
let today;
let viewer;
let round = 0;

/** Asks for JSON; an answer that is none is told with the server's words. */
async function ask(path) {
  try {
    const answer = await fetch(path, { cache: 'no-store' });
    const body = await answer.json();
    return answer.ok ? { body } : { status: answer.status, why: body.detail ?? body.title };
  } catch {
    return { status: 0, why: t('reports.unreached') };
  }
}

async function begin() {
  await addWords('reports');
  document.title = t('reports.title');
  await signIn({ isForPeople: true });
  const [areas, ledger, person] = await Promise.all([ask('/api/v1/areas'), ask('/api/v1/ledger'), whoIs()]);
  if (areas.status === 401) {
    goSignIn();
    return;
  }
  viewer = person;
  if (areas.body && ledger.body) {
    tree = flat(areas.body);
    asked.area ||= areas.body.id;
    // The server's day: the clock of a desk may be wrong, and a demonstration lives in another week.
    today = ledger.body.date;
    await load();
  } else {
    render(stranger(areas.body ? ledger : areas), host);
  }
  document.documentElement.dataset.ready = '';
}

const stranger = ({ why }) => html`<h1>${t('reports.title')}</h1>${badge(viewer)}<section><h2>${t('reports.failed')}</h2><p role="alert">${why}</p></section>`;

async function load() {
  const mine = ++round;
  asked.period ||= period('day');
  history.replaceState(null, '', `?${new URLSearchParams({ ...asked, ...(lang === 'en' && { lang }) })}`);
  const show = () => render(page(), host);
  show();
  host.setAttribute('aria-busy', 'true');
  await Promise.all(
    Object.entries(PARTS).flatMap(([part, { paths }]) =>
      Object.entries(paths(asked, today)).map(async ([name, path]) => {
        const answer = await ask(path);
        if (mine === round) answers[`${part}.${name}`] = answer;
      }),
    ),
  );
  if (mine !== round) return;
  host.removeAttribute('aria-busy');
  show();
}

const page = () => html`<h1>${t('reports.title')}</h1>${badge(viewer)}${toolbar()}
  ${Object.entries(PARTS).map(([id, { view, paths }]) => html`<section aria-labelledby=${id}><h2 id=${id}>${t(`reports.${id}`)}</h2>${content(id, view, paths)}</section>`)}`;

function content(id, view, paths) {
  const parts = Object.keys(paths(asked, today)).map((name) => [name, answers[`${id}.${name}`]]);
  const failed = parts.find(([, answer]) => answer?.why);
  if (failed) return html`<div class="wrong" role="alert">${t('reports.failed')}: ${failed[1].why}</div>`;
  if (parts.some(([, answer]) => !answer)) return html`<p>${t('reports.loading')}</p>`;
  return view(Object.fromEntries(parts.map(([name, answer]) => [name, answer.body])), { asked, areaName, again: () => render(page(), host), ask });
}

/** The name of an area, the row's own for one outside the tree; where the law gave one name to two, with what tells them apart. */
function areaName(id, row = {}) {
  const area = tree.find((one) => one.id === id);
  if (!area) return (lang === 'en' ? row.nameEn : row.name) ?? id;
  const name = lang === 'en' ? area.nameEn : area.name;
  if (tree.filter((one) => one.name === area.name).length === 1) return name;
  return area.validTo && area.validTo <= today
    ? t('reports.former', { name, year: area.validTo.slice(0, 4) })
    : t('reports.level', { name, level: t(`reports.level.${area.level}`) });
}

const toolbar = () => html`<form class="toolbar" @submit=${(event) => event.preventDefault()} @change=${choose}>
  <label>${t('reports.area')}<select name="area">${tree.map(({ id, depth }) => html`<option value=${id} ?selected=${id === asked.area}>${'\u2003'.repeat(depth)}${areaName(id)} · ${id}</option>`)}</select></label>
  <label>${t('reports.period')}<input name="period" .value=${asked.period} pattern="[0-9]{4}(-(W[0-9]{2}|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?" required aria-describedby="periods"></label>
  <label>${t('reports.of')}<select name="of">${['deciding', 'receiving'].map((id) => html`<option value=${id} ?selected=${id === asked.of}>${t(`reports.of.${id}`)}</option>`)}</select></label>
  <label>${t('reports.by')}<select name="by">${dossiers.GROUPINGS.map((id) => html`<option value=${id} ?selected=${id === asked.by}>${t(`reports.by.${id}`)}</option>`)}</select></label>
  <div class="periods" id="periods">${PERIODS.map((unit) => html`<button type="button" class="quiet" @click=${() => turn(period(unit))} aria-pressed=${asked.period === period(unit)}>${t(`reports.period.${unit}`)}</button>`)}
    <span>${t('reports.period.how')}</span></div></form>`;

function choose({ target }) {
  if (target.name === 'period' && !target.reportValidity()) return undefined;
  asked[target.name] = target.value;
  return load();
}

function turn(text) {
  asked.period = text;
  return load();
}

/** The period of today: 2026-11-25, 2026-W48, 2026-11, 2026-Q4, 2026. */
function period(unit) {
  const date = new Date(`${today}T00:00:00Z`);
  switch (unit) {
    case 'week':
      return week(date);
    case 'month':
      return today.slice(0, 7);
    case 'quarter':
      return `${today.slice(0, 4)}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
    case 'year':
      return today.slice(0, 4);
    default:
      return today;
  }
}

/** ISO 8601: a week belongs to the year of its Thursday. */
function week(date) {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const number = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS / 7) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

await begin();
