// Signing in of people: user name and password, then the page they came from. Who is signed in may choose another password.
//   /signin?next=/operator   where to go afterwards: a path of this server     ?lang=en
import { html, render, nothing } from 'lit-html';
import { t } from './i18n/words.js';
import { badge } from './person.js';
import { whoIs } from './session.js';

const host = document.querySelector('#signin');
const MIN_CHARS = 12;
const NEXT = '/wall';

let viewer;
let wrong = '';
let done = '';
let isBusy = false;

/** The path to go to afterwards: one of this server only, whatever the link says. */
function next() {
  const wanted = new URLSearchParams(location.search).get('next') ?? NEXT;
  const url = URL.canParse(wanted, location.origin) ? new URL(wanted, location.origin) : new URL(NEXT, location.origin);
  const isOwn = /^\/(?![/\\])/.test(wanted) && url.origin === location.origin && url.pathname !== location.pathname;
  return isOwn ? url.pathname + url.search + url.hash : NEXT;
}

async function post(path, body) {
  isBusy = true;
  wrong = '';
  done = '';
  show();
  try {
    return await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  } catch {
    return undefined;
  } finally {
    isBusy = false;
  }
}

/** What went wrong, in words: the server sends a status and a time, never sentences for people. */
function words(answer, family) {
  if (!answer || answer.status >= 500) return t('signin.down');
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get('Retry-After')) || 60;
    return seconds > 90 ? t('signin.lockedMinutes', { minutes: Math.ceil(seconds / 60) }) : t('signin.locked', { seconds });
  }
  return t(answer.status === 400 && family === 'password' ? 'password.weak' : `${family}.wrong`);
}

async function enter(event) {
  event.preventDefault();
  const { user, password } = Object.fromEntries(new FormData(event.target));
  const answer = await post('/api/v1/session', { user: user.trim().toLowerCase(), password });
  if (answer?.ok) {
    location.assign(next());
    return;
  }
  wrong = words(answer, 'signin');
  show();
  host.querySelector('input[name=password]').select();
}

async function choose(event) {
  event.preventDefault();
  const form = event.target;
  const given = Object.fromEntries(new FormData(form));
  if (given.new !== given.again) {
    wrong = t('password.differ');
    show();
    return;
  }
  const answer = await post('/api/v1/session/password', { old: given.old, new: given.new });
  if (answer?.ok) {
    form.reset();
    done = t('password.done');
  } else {
    wrong = words(answer, 'password');
  }
  show();
}

const field = (name, type, complete, minimum = 1) => html`<label>${t(`signin.${name}`)}<input name=${name} type=${type}
  autocomplete=${complete} minlength=${minimum} maxlength="128" required autocapitalize="none" spellcheck="false"></label>`;

const outcome = () => html`<div class="wrong" role="alert">${wrong}</div><div class="done" role="status">${done}</div>`;

const entry = () => html`<section aria-labelledby="enter"><h2 id="enter">${t('signin.enter')}</h2>
  <form @submit=${enter}>${field('user', 'text', 'username')}${field('password', 'password', 'current-password')}
    <button ?disabled=${isBusy}>${t('signin.enter')}</button></form>${outcome()}<p>${t('signin.how')}</p></section>`;

const password = () => html`${badge(viewer)}<p><a class="on" href=${next()}>${t('signin.goOn')}</a></p>
  <section aria-labelledby="password"><h2 id="password">${t('person.password')}</h2>
  <form @submit=${choose}><input type="hidden" name="user" autocomplete="username" value=${viewer.name}>
    ${field('old', 'password', 'current-password')}${field('new', 'password', 'new-password', MIN_CHARS)}${field('again', 'password', 'new-password', MIN_CHARS)}
    <button ?disabled=${isBusy}>${t('password.choose')}</button></form>${outcome()}<p>${t('password.rule', { count: MIN_CHARS })}</p></section>`;

function show() {
  render(html`<h1>Kydai</h1>${viewer?.display ? password() : entry()}`, host);
}

document.title = t('signin.title');
viewer = await whoIs();
show();
if (!viewer?.display) host.querySelector('input[name=user]').focus();
document.documentElement.dataset.ready = '';
