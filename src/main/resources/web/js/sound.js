// One short two-tone chime for a new alarm of high or medium severity, repeated while a high one is unacknowledged. Only
// with ?sound=1. Browsers stay silent until somebody touches the page, so a kiosk starts Chromium with
// --autoplay-policy=no-user-gesture-required; where it was not, the screen says that it is mute.
const REPEAT_MS = 30_000;
const CHECK_MS = 5_000;
const LOUDEST = 0.22;
const TONES = [{ hertz: 740, after: 0, seconds: 0.35 }, { hertz: 555, after: 0.3, seconds: 0.5 }];

let context;

export function mountSound(store) {
  context = new AudioContext();
  const tell = () => document.documentElement.toggleAttribute('data-mute', context.state === 'suspended');
  context.onstatechange = tell;
  tell();
  let known;
  let last = -Infinity;
  const check = ({ area, alarms = {} }) => {
    if (!area) return;
    const loud = Object.entries(alarms).filter(([, alarm]) => alarm.state === 'unacknowledged' && alarm.severity <= 2);
    // What is open when the page starts has been heard before, unless it still needs somebody.
    const isNew = known !== undefined && loud.some(([id]) => !known.has(id));
    const isUrgent = loud.some(([, alarm]) => alarm.severity === 1);
    const isDue = isUrgent && performance.now() - last > REPEAT_MS;
    known = new Set(loud.map(([id]) => id));
    if (!isNew && !isDue) return;
    last = performance.now();
    chime();
  };
  store.on(['alarms', 'area'], 4, check);
  setInterval(() => check(store.data), CHECK_MS);
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
