// One short two-tone chime for a new alarm of high or medium severity, repeated while a high one is unacknowledged. On a
// wall only with ?sound=1. Browsers stay silent until somebody touches the page, so a kiosk starts Chromium with
// --autoplay-policy=no-user-gesture-required; where it was not, the screen says that it is mute.
const REPEAT_MS = 30_000;
const CHECK_MS = 5_000;
const LOUDEST = 0.22;
const TONES = [{ hertz: 740, after: 0, seconds: 0.35 }, { hertz: 555, after: 0.3, seconds: 0.5 }];

let context;

/**
 * Sounds for what comes. A page that people touch waits for the first touch instead of asking a browser that would refuse. Returns what an operator may do: silence() what sounds until something new comes, which acknowledges
 * nothing, and turn(on). state() is on, silenced, blocked (by the browser) or off; changed() is called when it changes.
 */
export function mountSound(store, { waits = false, changed = () => {} } = {}) {
  const isMute = () => context?.state !== 'running';
  const tell = () => {
    document.documentElement.toggleAttribute('data-mute', isMute());
    changed();
  };
  const begin = () => {
    context ??= new AudioContext();
    context.onstatechange = tell;
    tell();
  };
  if (waits) for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, begin, { once: true });
  else begin();
  let known;
  let last = -Infinity;
  let isOn = true;
  let isSilenced = false;
  const check = ({ area, alarms = {} }) => {
    if (!area || document.documentElement.dataset.mode === 'replay') return; // the past makes no noise
    const loud = Object.entries(alarms).filter(([, alarm]) => alarm.state === 'unacknowledged' && alarm.severity <= 2);
    const heard = new Set(loud.map(([id, alarm]) => `${id}/${alarm.occurrence}`));
    // What is open when the page starts has been heard before, unless it still needs somebody.
    const isNew = known !== undefined && [...heard].some((each) => !known.has(each));
    const isUrgent = loud.some(([, alarm]) => alarm.severity === 1);
    const isDue = isUrgent && performance.now() - last > REPEAT_MS;
    known = heard;
    if (isSilenced && (isNew || loud.length === 0)) {
      isSilenced = false;
      changed();
    }
    if (!isOn || isSilenced || !context || (!isNew && !isDue)) return;
    last = performance.now();
    chime();
  };
  store.on(['alarms', 'area'], 4, check);
  setInterval(() => check(store.data), CHECK_MS);
  return {
    state: () => (!isOn ? 'off' : isMute() ? 'blocked' : isSilenced ? 'silenced' : 'on'),
    silence: () => {
      isSilenced = known !== undefined && known.size > 0;
      changed();
    },
    turn: (on) => {
      isOn = on;
      if (on) context?.resume();
      changed();
    },
  };
}

function chime() {
  if (context.state === 'suspended') context.resume();
  for (const { hertz, after, seconds } of TONES) {
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    const start = context.currentTime + after;
    oscillator.frequency.value = hertz;
    oscillator.connect(volume).connect(context.destination);
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDEST, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
    oscillator.start(start);
    oscillator.stop(start + seconds);
  }
}
