// What a screen is told by its address: it has no controls and no keyboard. Its view-only token comes in the link's
// fragment, which never reaches a server's log, and is exchanged for a cookie that scripts cannot read.
const query = new URLSearchParams(location.search);

export const lang = query.get('lang') === 'en' ? 'en' : 'vi';
/** Another area than the token's own. */
export const scope = query.get('scope') ?? undefined;
/** Read from five metres: type is a quarter larger, and less stands on the screen. */
export const isFar = query.get('density') === 'far';
/** Which kind of map is wanted: voronoi or tiles. */
export const wantedMap = query.get('map');
export const wantsSound = query.get('sound') === '1';

document.documentElement.lang = lang;
if (isFar) document.documentElement.dataset.density = 'far';

const REFUSED = [400, 401, 403];

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// The token must not stay readable in the address bar of a screen on a wall.
const forgetToken = () => history.replaceState(null, '', location.pathname + location.search);

/**
 * Signs in if the link carries a token; tells how that went, {outcome: none|accepted|refused, person}.
 * On a page for people a link signs nobody out: whoever sent it would have taken the desk from the one who sits there.
 */
export async function signIn({ isForPeople = false } = {}) {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!token) return { outcome: 'none' };
  if (isForPeople && (await whoIs())?.display) {
    forgetToken();
    return { outcome: 'none' };
  }
  for (let wait = 500; ; wait = Math.min(15_000, wait * 2)) {
    const [status, person] = await exchange(token);
    if (status >= 200 && status < 300) {
      forgetToken();
      return { outcome: 'accepted', person };
    }
    if (REFUSED.includes(status)) {
      forgetToken();
      return { outcome: 'refused' };
    }
    await pause(wait * (0.5 + Math.random()));
  }
}

async function exchange(token) {
  try {
    const response = await fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return [response.status, response.ok ? await response.json() : undefined];
  } catch {
    return [0];
  }
}

/** Asks whom the cookie stands for: {name, role, scope}; nobody without a good one. */
export async function whoIs() {
  try {
    const response = await fetch('/api/v1/session', { cache: 'no-store' });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined; // The server is away; the socket goes on trying, and what may be done is asked when it is back.
  }
}

/** Asks why a socket was refused, since a browser hides the status of a failed upgrade. */
export async function whyRefused(path) {
  try {
    const { status } = await fetch(path, { cache: 'no-store' });
    return status === 401 ? 'signedOut' : status === 403 ? 'forbidden' : 'down';
  } catch {
    return 'down';
  }
}
