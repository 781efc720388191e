// Set-up of screens: a signed-in administrator makes a link, and its QR code, for each new one, and takes it back.
//   /setup   for who is not signed in leads to /signin and back     ?lang=en
import { html, render, nothing } from 'lit-html';
import * as format from './format.js';
import { t } from './i18n/words.js';
import { flat } from './names.js';
import { badge, goSignIn, signInAddress } from './person.js';
import { whoIs } from './session.js';

const host = document.querySelector('#setup');
const SCREENS = { wall: '/wall', far: '/wall?density=far', counter: '/counter' };
const LANGUAGES = ['vi', 'en'];
const DEFAULT_DAYS = 365;

let areas = [];
let tokens = [];
let made;
let viewer;
let wrong = '';

async function load() {
  viewer = await whoIs();
  const listed = await ask('GET', '/api/v1/tokens');
  if (listed.status === 401) {
    goSignIn();
    return;
  }
  if (listed.status === 200) {
    ({ tokens } = await listed.json());
    areas = flat(await (await ask('GET', '/api/v1/areas')).json());
  }
  render(page(listed.status), host);
  document.documentElement.dataset.ready = '';
}

const ask = (method, path, body, type = 'application/json') =>
  fetch(path, { method, cache: 'no-store', keepalive: method === 'DELETE', ...(body && { body, headers: { 'Content-Type': type } }) });

const page = (status) => html`<h1>${t('setup.title')}</h1>${badge(viewer)}
  ${status === 200 ? html`${form()}${made ? link(made) : nothing}${list()}` : stranger()}`;

const stranger = () => html`<section><h2>${t('setup.notAdmin')}</h2><p><a href=${signInAddress()}>${t('setup.other')}</a></p></section>`;

const form = () => html`<section aria-labelledby="new"><h2 id="new">${t('setup.new')}</h2><form @submit=${make}>
  <label>${t('setup.area')}<select name="scope">${areas.map(({ id, name, depth }) => html`<option value=${id}>${'\u2003'.repeat(depth)}${name} · ${id}</option>`)}</select></label>
  <label>${t('setup.screen')}<select name="screen">${Object.keys(SCREENS).map((id) => html`<option value=${id}>${t(`setup.screen.${id}`)}</option>`)}</select></label>
  <label>${t('setup.language')}<select name="lang">${LANGUAGES.map((code) => html`<option value=${code} lang=${code}>${t(`setup.language.${code}`)}</option>`)}</select></label>
  <label>${t('setup.name')}<input name="name" maxlength="64" required></label>
  <label>${t('setup.days')}<input name="days" type="number" min="0" max="3650" value=${DEFAULT_DAYS} required></label>
  <label class="check"><input name="sound" type="checkbox">${t('setup.sound')}</label>
  <button>${t('setup.make')}</button></form><div class="wrong" role="alert">${wrong}</div></section>`;

async function make(event) {
  event.preventDefault();
  const wanted = Object.fromEntries(new FormData(event.target));
  const order = { role: 'wall', scope: wanted.scope, days: Number(wanted.days), name: wanted.name };
  const answer = await ask('POST', '/api/v1/tokens', JSON.stringify(order));
  const body = await answer.json();
  wrong = answer.ok ? '' : (body.detail ?? body.title);
  if (answer.ok) await show(address(wanted, body.token), wanted.name);
  await load();
}

function address({ screen, lang, sound }, token) {
  const url = new URL(SCREENS[screen], location.origin);
  if (lang === 'en') url.searchParams.set('lang', 'en');
  if (sound && screen !== 'counter') url.searchParams.set('sound', '1');
  url.hash = new URLSearchParams({ token });
  return String(url);
}

async function show(url, name) {
  const code = await ask('POST', '/api/v1/qr', url, 'text/plain');
  made = { url, name, image: `data:image/svg+xml,${encodeURIComponent(await code.text())}` };
}

const link = ({ url, name, image }) => html`<section class="made" aria-live="polite"><img src=${image} alt=${t('setup.qr', { name })}>
  <div><h2>${t('setup.made', { name })}</h2><code>${url}</code><p>${t('setup.once')}</p>
    <button class="quiet" @click=${() => navigator.clipboard.writeText(url)}>${t('setup.copy')}</button></div></section>`;

const list = () => html`<section aria-labelledby="all"><h2 id="all">${t('setup.all')}</h2><table>
  <thead><tr>${['name', 'area', 'role', 'until'].map((column) => html`<th scope="col">${t(`setup.${column}`)}</th>`)}<td></td></tr></thead>
  <tbody>${tokens.toReversed().map(row)}</tbody></table></section>`;

const row = (token) => html`<tr class=${token.revokedAt ? 'gone' : ''}><td>${token.name}</td>
  <td>${areas.find(({ id }) => id === token.scope)?.name ?? token.scope}</td><td>${token.role}</td><td>${until(token)}</td>
  <td>${token.revokedAt ? nothing : html`<button class="quiet" aria-label=${t('setup.revokeOne', { name: token.name })} @click=${() => revoke(token.id)}>${t('setup.revoke')}</button>`}</td></tr>`;

function until({ expiresAt, revokedAt }) {
  if (revokedAt) return t('setup.revoked', { date: format.date(Date.parse(revokedAt)) });
  return expiresAt ? format.date(Date.parse(expiresAt)) : t('setup.always');
}

async function revoke(id) {
  const answer = await ask('DELETE', `/api/v1/tokens/${id}`);
  wrong = answer.ok ? '' : ((await answer.json()).detail ?? '');
  await load();
}

document.title = t('setup.title');
await load();
