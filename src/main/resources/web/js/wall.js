// The wall: no controls, no mouse; everything it needs is in its address and its cookie.
//   /wall#token=…   signs this screen in, once     ?scope=AREA   another area than the token's own     ?lang=en
//   ?density=far    read from five metres          ?map=voronoi|tiles   another map than the file's     ?sound=1   a chime
import { isFar, scope, signIn, wantsSound } from './session.js';
import { t } from './i18n/words.js';
import { Link } from './link.js';
import { learnFigures } from './figures.js';
import { isLeaf, learnPlaces } from './names.js';
import { drawPanels, drawStage, takeTurns } from './stage.js';
import { Store } from './store.js';
import { mountAttention } from './panel/attention.js';
import { mountHeader } from './panel/header.js';
import { mountKpis } from './panel/kpis.js';
import { mountSensors } from './panel/sensors.js';
import { mountTicker } from './panel/ticker.js';
import { mountTrends } from './panel/trends.js';

/** Ages ("45 phút") move although no message comes. */
const AGES_MS = 10_000;
/** In far density they share one place; the sensors stay while anything is unacknowledged. */
const SHARING = { district: ['.sens', '.trends', '.inds'], room: ['.sens', '.trends'] };

/** Loaded once it is known which the area needs. */
const OWN_PANELS = {
  district: () => Promise.all([import('./panel/map.js'), import('./panel/desks.js'), import('./panel/indicators.js')]),
  room: () => Promise.all([import('./panel/calls.js'), import('./panel/due.js'), import('./panel/ready.js')]),
};

addEventListener('hashchange', () => location.reload()); // a new link opened in the same tab

drawStage(t('title'));
drawPanels('district');
const store = new Store();
const link = new Link({ store, scope });
const signedIn = await signIn();
const geography = await learnPlaces();

mountHeader(store, link, { wasRefused: signedIn.outcome === 'refused' });
mountKpis(store);
let layout;
store.on(['area', 'children'], 2, (data) => {
  if (!data.area) return;
  const fitting = isLeaf(data) ? 'room' : 'district';
  if (layout === undefined) mountPanels((layout = fitting));
  else if (layout !== fitting) location.reload(); // the tree has changed by law
});
if (wantsSound) (await import('./sound.js')).mountSound(store);
link.start();
learnFigures(() => store.touch());

async function mountPanels(chosen) {
  const [first, second, third] = await OWN_PANELS[chosen]();
  drawPanels(chosen);
  mountAttention(store);
  first.mount(store, geography);
  second.mount(store);
  third.mount(store);
  mountTrends(store);
  mountSensors(store);
  if (isFar) share(SHARING[chosen]);
  else mountTicker(store);
}

function share(selectors) {
  const sharing = selectors.map((selector) => document.querySelector(selector));
  takeTurns(store, () => sharing.length, (turn) => sharing.forEach((element, index) => element.classList.toggle('away', index !== turn)));
}

setInterval(() => store.touch(['now']), AGES_MS);
addEventListener('resize', () => store.touch());
document.fonts.addEventListener('loadingdone', () => store.touch()); // a canvas keeps the letters it was drawn with
document.documentElement.dataset.ready = '';
