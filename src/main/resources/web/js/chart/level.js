// A sensor's last 12 hours with the thresholds it is read against. The newest point carries a dot; when the sensor
// has fallen silent a dotted line goes on to now, so that a flat end is not taken for a steady value.
import { ROMAN, number, plain } from '../format.js';

const style = getComputedStyle(document.documentElement);

export const colour = (name) => style.getPropertyValue(`--${name}`).trim();
export const scale = () => parseFloat(style.fontSize) / 16;
export const FONT = 'Inter, sans-serif';

/** Clears a canvas, fitted to its box; returns its context and size in 1080p pixels. */
export function fit(canvas) {
  const box = canvas.getBoundingClientRect();
  const density = devicePixelRatio || 1;
  const [width, height] = [Math.round(box.width * density), Math.round(box.height * density)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  const unit = scale() * density;
  context.setTransform(unit, 0, 0, unit, 0, 0);
  context.clearRect(0, 0, width / unit, height / unit);
  return [context, width / unit, height / unit];
}

export function stroke(context, points, { color, width, dash = [] }) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash(dash);
  context.beginPath();
  points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
  context.setLineDash([]);
}

export function dot(context, [x, y], radius, color) {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}


const SPAN_MS = 12 * 3_600_000;
const HOUR_STEP_MS = 3 * 3_600_000;
const ZONE_MS = 7 * 3_600_000;
/** A hole longer than this breaks the line: what was not measured is not drawn. */
const HOLE_MS = 100 * 60_000;

/** Draws a sensor; a large one with hours and threshold names. colours: names of the colour of each level from 0 on. */
export function drawLevel(canvas, sensor, { now, isLarge, colours }) {
  const [context, width, height] = fit(canvas);
  const points = history(sensor, now);
  const thresholds = Object.entries(sensor.thresholds ?? {}).map(([level, value]) => [Number(level), value]);
  const shown = isLarge ? thresholds : thresholds.slice(0, 1);
  const frame = frameOf(points, shown, { now, width, height, isLarge });
  if (isLarge) drawHours(context, frame);
  for (const [level, value] of shown) {
    const reached = sensor.level >= level;
    drawThreshold(context, frame, { value, reached, color: colour(reached ? colours[Math.min(level, 3)] : 'line-2') });
    if (isLarge) drawName(context, frame, { name: nameOf(sensor, level, value), value, reached, color: colour(reached ? colours[Math.min(level, 3)] : 'ink-3') });
  }
  if (points.length === 0) return;
  drawLine(context, frame, points, isLarge);
  drawEnd(context, frame, points.at(-1), sensor.state === 'good' ? colour(colours[Math.min(sensor.level ?? 0, 3)]) : undefined);
}

function history(sensor, now) {
  return Object.entries(sensor.history ?? {})
    .map(([minute, value]) => [Number(minute) * 60_000, value])
    .filter(([at]) => at > now - SPAN_MS && at <= now)
    .sort((a, b) => a[0] - b[0]);
}

function frameOf(points, thresholds, { now, width, height, isLarge }) {
  const values = [...points.map((point) => point[1]), ...thresholds.map((threshold) => threshold[1])];
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const margin = (high - low || Math.abs(high) || 1) * 0.12;
  const right = width - (isLarge ? 74 : 8);
  const bottom = height - (isLarge ? 22 : 5);
  const top = 6;
  return {
    now, right, bottom, top, height,
    x: (at) => 1 + ((at - now + SPAN_MS) / SPAN_MS) * (right - 3),
    y: (value) => top + (1 - (value - low + margin) / (high - low + 2 * margin)) * (bottom - top),
  };
}

function drawHours(context, { now, right, bottom, top, height, x }) {
  context.font = `500 15px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const first = Math.ceil((now - SPAN_MS + ZONE_MS) / HOUR_STEP_MS) * HOUR_STEP_MS - ZONE_MS;
  for (let at = first; at <= now; at += HOUR_STEP_MS) {
    stroke(context, [[x(at), top], [x(at), bottom]], { color: colour('line'), width: 1 });
    if (x(at) < 14 || x(at) > right - 12) continue;
    context.fillStyle = colour('ink-3');
    context.fillText(`${String(((at + ZONE_MS) / 3_600_000) % 24).padStart(2, '0')}h`, x(at), height - 9);
  }
}

function drawThreshold(context, { right, y }, { value, reached, color }) {
  stroke(context, [[0, y(value)], [right, y(value)]], { color, width: reached ? 1.6 : 1.2, dash: [7, 5] });
}

/** Levels of water have names that bulletins use; anything else is told by its number. */
const nameOf = ({ metric, isOwnLimit }, level, value) => (metric === 'water_level' && !isOwnLimit ? `BĐ ${ROMAN[level]} ${number(value, 1)}` : plain(value));

function drawName(context, { right, y }, { name, value, reached, color }) {
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = color;
  context.font = `${reached ? 600 : 500} 15px ${FONT}`;
  context.fillText(name, right + 6, y(value));
}

function drawLine(context, { x, y, bottom }, points, filled) {
  const line = points.map(([at, value]) => [x(at), y(value)]);
  for (const run of runs(points, line)) {
    if (filled) fillUnder(context, run, bottom);
    stroke(context, run, { color: colour('data'), width: 2.2 });
  }
}

function runs(points, line) {
  const found = [];
  line.forEach((point, index) => {
    if (index === 0 || points[index][0] - points[index - 1][0] > HOLE_MS) found.push([]);
    found.at(-1).push(point);
  });
  return found;
}

function fillUnder(context, run, bottom) {
  const shade = context.createLinearGradient(0, 0, 0, bottom);
  shade.addColorStop(0, `${colour('data')}33`);
  shade.addColorStop(1, `${colour('data')}05`);
  context.fillStyle = shade;
  context.beginPath();
  context.moveTo(run[0][0], bottom);
  for (const [x, y] of run) context.lineTo(x, y);
  context.lineTo(run.at(-1)[0], bottom);
  context.fill();
}

// Without a colour the sensor is not to be trusted now.
function drawEnd(context, { x, y, right }, [at, value], color) {
  const end = [x(at), y(value)];
  if (!color) stroke(context, [end, [right, end[1]]], { color: colour('ink-3'), width: 2.2, dash: [2, 5] });
  dot(context, end, 6, colour('panel'));
  dot(context, end, 4, color ?? colour('ink-3'));
}
