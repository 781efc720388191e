// The day in 15-minute steps: today's line, over the band of the last weeks where the document has one: what is usual
// needs no words then.
import uPlot from 'uplot';
import { FONT, colour, dot, scale } from '../chart/level.js';
import * as clock from '../clock.js';
import * as format from '../format.js';

const DAY_MS = 86_400_000;
const HOUR = 3600;
const OPEN_HOUR = 7;
const CLOSE_HOUR = 17.5;
/** Tops of the vertical axis: it grows in steps, so that it does not breathe with every point. */
const TOPS = [4, 8, 12, 20, 40, 60, 80, 120, 200, 400, 600, 800, 1200, 2000, 4000, 8000, 20000];
/** Waiting comes in seconds and is read in minutes. */
const TRENDS = [
  { id: 'received15m', divisor: 1 },
  { id: 'waitMean15m', divisor: 60 },
];

export function mountTrends(store) {
  const key = document.querySelector('.trends .meta');
  const charts = TRENDS.map(({ id, divisor }) => {
    const figure = document.querySelector(`#trend-${id}`);
    return { id, divisor, paint: trendChart(figure.querySelector('.plot')), latest: figure.querySelector('b') };
  });
  store.on(['trends', 'now'], 1, (data) => {
    const now = clock.now();
    let hasBand = false;
    for (const { id, divisor, paint, latest } of charts) {
      const points = today(data.trends?.[id], divisor, now);
      hasBand ||= points.some((point) => point[3] !== undefined);
      const newest = points.findLast((point) => point[1] !== undefined)?.[1];
      latest.textContent = format.number(newest === undefined ? undefined : Math.round(newest));
      paint(points, now);
    }
    key.hidden = !hasBand;
  });
}

function today(trend = {}, divisor, now) {
  const start = format.dayStart(now);
  return Object.entries(trend)
    .map(([minute, point]) => [Number(minute) * 60, ...['value', 'low', 'high'].map((name) => scaled(point[name], divisor))])
    .filter(([seconds]) => seconds * 1000 >= start && seconds * 1000 < start + DAY_MS)
    .sort((a, b) => a[0] - b[0]);
}

const scaled = (value, divisor) => (value === undefined ? undefined : value / divisor);

/** A chart in a box; paint(points, now) takes [[seconds, value, low?, high?], …]. */
function trendChart(box) {
  let plot;
  let fitted;
  return function paint(points, now) {
    const { width, height } = box.getBoundingClientRect();
    const size = `${width}x${height}`;
    if (fitted !== size) {
      plot?.destroy();
      plot = create(box, width, height);
      fitted = size;
    }
    const day = format.dayStart(now) / 1000;
    plot.kydai = frame(points, day);
    plot.setData(columns(points, plot.kydai.from, plot.kydai.to));
  };
}

function frame(points, day) {
  const highest = Math.max(0, ...points.flatMap(([, value, , high]) => [value ?? 0, high ?? 0]));
  const from = Math.min(day + OPEN_HOUR * HOUR, ...points.map((point) => point[0]));
  const to = Math.max(day + CLOSE_HOUR * HOUR, ...points.map((point) => point[0]));
  return { day, from, to, top: TOPS.find((top) => top >= highest * 1.05) ?? highest };
}

// Ends without a value keep the whole day on the axis from the first point on.
function columns(points, from, to) {
  const rows = [[from - 1], ...points, [to + 1]];
  const [x, value, low, high] = [0, 1, 2, 3].map((column) => rows.map((row) => row[column] ?? null));
  const isOver = (index) => value[index] !== null && high[index] !== null && value[index] > high[index];
  const over = value.map((each, index) => (isOver(index) || isOver(index + 1) || isOver(index - 1) ? each : null));
  return [x, low, high, value, over];
}

function create(box, width, height) {
  const unit = scale();
  const axis = { stroke: colour('ink-3'), font: `500 ${15 * unit}px ${FONT}`, ticks: { show: false } };
  const bare = { stroke: 'transparent', width: 0, points: { show: false } };
  const hours = (plot) => {
    const hourStep = plot.kydai.to - plot.kydai.from > 13 * HOUR ? 4 : 2;
    const first = Math.ceil((plot.kydai.from - plot.kydai.day) / HOUR / hourStep) * hourStep;
    const found = [];
    for (let hour = first; plot.kydai.day + hour * HOUR <= plot.kydai.to - HOUR / 2; hour += hourStep) found.push(plot.kydai.day + hour * HOUR);
    return found;
  };
  return new uPlot(
    {
      width,
      height,
      padding: [6 * unit, 8 * unit, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: (plot) => (plot.kydai ? [plot.kydai.from, plot.kydai.to] : [0, 1]) },
        y: { range: (plot) => [0, plot.kydai?.top ?? 1] },
      },
      series: [
        {},
        bare,
        bare,
        { stroke: colour('data'), width: 2.4 * unit, points: { show: false } },
        { stroke: colour('p2'), width: 3 * unit, points: { show: false } },
      ],
      bands: [{ series: [2, 1], fill: colour('band') }],
      axes: [
        {
          ...axis,
          size: 24 * unit,
          gap: 4 * unit,
          grid: { show: false },
          splits: (plot) => (plot.kydai ? hours(plot) : []),
          values: (plot, seconds) => seconds.map((second) => `${String((second - plot.kydai.day) / HOUR).padStart(2, '0')}h`),
        },
        {
          ...axis,
          size: 38 * unit,
          gap: 6 * unit,
          grid: { stroke: colour('line'), width: unit },
          splits: (plot) => (plot.kydai ? [0, plot.kydai.top / 2, plot.kydai.top] : []),
        },
      ],
      hooks: { draw: [(plot) => drawEnd(plot, unit)] },
    },
    [[0], [0], [0], [0], [0]],
    box,
  );
}

function drawEnd(plot, unit) {
  const [x, , high, value] = plot.data;
  const index = value.findLastIndex((each) => each !== null);
  if (index < 0 || !plot.kydai) return;
  const at = [plot.valToPos(x[index], 'x', true), plot.valToPos(value[index], 'y', true)];
  const density = devicePixelRatio || 1;
  const isOver = high[index] !== null && value[index] > high[index];
  dot(plot.ctx, at, 7 * unit * density, colour('panel'));
  dot(plot.ctx, at, 4.6 * unit * density, colour(isOver ? 'p2' : 'data'));
}
