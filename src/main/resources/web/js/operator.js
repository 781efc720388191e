// The operator's desk: alarms and what to do about them, acted on by key or mouse; any past minute shown again.
//   /operator   ?scope=AREA   another area than one's own     ?lang=en     ?alarm=ID   one alarm chosen
//   ?area=AREA  one commune chosen     ?at=TIME   a moment of the past (RFC 3339), standing still
import { render, html } from 'lit-html';
import { learnFigures } from './figures.js';
import { scope, signIn, whoIs } from './session.js';
import { addWords, t } from './i18n/words.js';
import { Link } from './link.js';
import { learnPlaces } from './names.js';
import { mountSound } from './sound.js';
import { Store } from './store.js';

await addWords('desk');
const [{ Desk }, { mountTop }, { mountList }, { mountDetail }, { mountCommune }, { mountConductor }, { mountShift }, { mountOrders }] = await Promise.all(
  ['desk', 'top', 'list', 'detail', 'commune', 'conductor', 'shift', 'orders'].map((part) => import(`./operator/${part}.js`)),
);

/** Ages ("45 phút") move although no message comes. */
const AGES_MS = 5_000;

addEventListener('hashchange', () => location.reload()); // a new link opened in the same tab

document.title = t('desk.title');
render(html`<header class="top"></header>
  <div class="banner" role="alert"></div>
  <div class="left"><section class="panel mapp" aria-labelledby="h-map"><header><h2 id="h-map">${t('panel.map')}</h2><div class="back"></div></header><div class="host"></div></section>
    <section class="panel commune" aria-labelledby="h-commune"><header><h2 id="h-commune"></h2></header><div class="in"></div></section></div>
  <section class="panel list" aria-label=${t('desk.list')}><div class="bar"></div><div class="rows"></div></section>
  <section class="panel detail" aria-label=${t('desk.detail')}></section>
  <section class="panel sirens" aria-labelledby="h-sirens"></section>
  <section class="panel time" aria-label=${t('desk.past')}></section>
  <div class="vh" id="say-now" aria-live="assertive"></div><div class="vh" id="say" aria-live="polite"></div>
  <div class="notice"></div>`, document.querySelector('#stage'));

const store = new Store();
const link = new Link({ store, scope });
const signedIn = await signIn({ isForPeople: true });
const person = signedIn.person ?? (await whoIs());
const geography = await learnPlaces();
const desk = new Desk(store, link, person);
const sound = mountSound(store, { waits: true, changed: () => store.touch(['desk']) });

mountTop(store, link, desk, sound, signedIn.outcome === 'refused');
mountList(store, desk, sound);
mountDetail(store, desk);
mountCommune(store, desk, geography);
mountConductor(store, link, desk);
mountShift(store, desk);
mountOrders(store, desk);
link.start();
learnFigures(() => store.touch());

setInterval(() => store.touch(['now']), AGES_MS);
addEventListener('resize', () => store.touch());
document.fonts.addEventListener('loadingdone', () => store.touch()); // a canvas keeps the letters it was drawn with
document.documentElement.dataset.ready = '';
