// From what is known of places to shapes on one picture: outlines, cells round centres (Voronoi), or tiles in order.
// Equirectangular with cos φ: a district is under 30 km across, so the error is far below a pixel.
import { isFar } from '../session.js';

/**
 * The picture has the shape of the panel it fills. padding: round the outlines; cell: round the centres of cells; tiles leave
 * the legend its corner, and so do cells, which reach beyond their centres. pins: where pins stand beside a name, if not everywhere.
 */
export const WALL = isFar
  ? { width: 600, height: 470, padding: { top: 34, right: 12, bottom: 10, left: 20 }, cell: 58, tiles: { left: 132, top: 62, right: 16, bottom: 30, gap: 16 } }
  : { width: 724, height: 502, padding: { top: 10, right: 10, bottom: 10, left: 44 }, cell: 66, tiles: { left: 168, top: 62, right: 16, bottom: 30, gap: 16 } };
const KM_PER_DEGREE = 110.57;
const PINS_ABOVE = [-17, 17];
const [ABOVE_NAME, BELOW_NAME] = [-40, 44];
/** Room a pin with its mark needs; the panel's heading lies over the top. */
const [PIN, PIN_TOP] = [26, 46];
/** Room a name and its figure need. */
const LABEL = { width: 84, height: 46 };

const ringsOf = ({ type, coordinates }) =>
  type === 'MultiPolygon' ? coordinates.flat() : type === 'Polygon' ? coordinates : [];

const NO_SHAPES = { areas: [], context: [], rivers: [], labels: [], spots: new Map(), kmWidth: 0 };

/**
 * Lays the map out once; what changes afterwards is only paint.
 *
 * wanted: outlines, voronoi or tiles; otherwise the best that the features allow. ids: areas in their order, for tiles. The
 * result carries its frame.
 */
export async function layOut(geography, wanted, ids = [], frame = WALL) {
  const features = geography?.features ?? [];
  const isArea = (feature) => feature.properties?.kind === 'unit' || feature.properties?.kind === 'area';
  const areas = features.filter(isArea);
  if (wanted === 'tiles' || areas.length === 0) return { ...NO_SHAPES, frame, areas: tiles(ids, frame) };
  const of = (kind) => features.filter((feature) => feature.properties?.kind === kind);
  const hasOutlines = areas.every((feature) => ringsOf(feature.geometry).length > 0);
  const hasCells = wanted === 'voronoi' || !hasOutlines;
  const bounds = geography.bbox ?? (hasOutlines ? boundsOf(areas) : boundsOfPoints(areas.map(centreOf)));
  const view = projection(bounds, frame, hasCells ? { ...frame.padding, left: frame.tiles.left + frame.cell / 2 } : frame.padding);
  const spots = new Map(of('sensor').map((feature) => [feature.id, view.project(feature.geometry.coordinates)]));
  if (hasCells) {
    return { ...NO_SHAPES, frame, areas: apart(await nearest(areas, view)), spots, project: view.project, kmWidth: view.kmWidth };
  }
  return {
    frame,
    areas: apart(areas.map((feature) => area(feature, view))),
    context: of('context').map((feature) => outline(feature, view)),
    rivers: of('river').map((feature) => line(feature.geometry.coordinates, view)),
    labels: of('label').map((feature) => label(feature, view)),
    spots,
    project: view.project,
    kmWidth: view.kmWidth,
  };
}

async function nearest(areas, view) {
  const { cells } = await import('./cells.js');
  const sites = areas.map((feature) => view.project(centreOf(feature)));
  return cells(sites, view.frame.cell).map((ring, index) => ({
    id: areas[index].id,
    path: `M${ring.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`,
    centre: sites[index],
    label: [sites[index][0], sites[index][1] + 6],
  }));
}

function tiles(ids, { width: wide, height: high, tiles: { left, top, right, bottom, gap } }) {
  const columns = Math.ceil(Math.sqrt(ids.length * 1.2));
  const rows = Math.ceil(ids.length / columns);
  const [width, height] = [
    (wide - left - right - gap * (columns - 1)) / columns,
    (high - top - bottom - gap * (rows - 1)) / rows,
  ];
  return ids.map((id, index) => {
    const x = round(left + (index % columns) * (width + gap));
    const y = round(top + Math.floor(index / columns) * (height + gap));
    const centre = [round(x + width / 2), round(y + height / 2)];
    return { id, path: `M${x} ${y}h${round(width)}v${round(height)}h${-round(width)}Z`, centre, label: [centre[0], centre[1] - 6] };
  });
}

function projection([west, south, east, north], frame, padding) {
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const width = frame.width - padding.left - padding.right;
  const height = frame.height - padding.top - padding.bottom;
  const scale = Math.min(width / ((east - west) * squeeze), height / (north - south));
  const left = padding.left + (width - (east - west) * squeeze * scale) / 2;
  const top = padding.top + (height - (north - south) * scale) / 2;
  const project = ([longitude, latitude]) => [
    round(left + (longitude - west) * squeeze * scale),
    round(top + (north - latitude) * scale),
  ];
  return { project, frame, kmWidth: scale / KM_PER_DEGREE };
}

const round = (value) => Math.round(value * 10) / 10;

function boundsOf(features) {
  return boundsOfPoints(features.flatMap((feature) => ringsOf(feature.geometry).flat()));
}

function boundsOfPoints(points) {
  const [x, y] = [0, 1].map((axis) => points.map((point) => point[axis]));
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

const line = (points, view) => `M${points.map((point) => view.project(point).join(' ')).join('L')}`;

const outline = (feature, view) => ringsOf(feature.geometry).map((ring) => `${line(ring, view)}Z`).join('');

function area(feature, view) {
  const centre = view.project(centreOf(feature));
  const [dx, dy] = feature.properties.nudge ?? [0, 6];
  const rings = ringsOf(feature.geometry).map((ring) => ring.map((point) => view.project(point)));
  return { id: feature.id, path: outline(feature, view), rings, centre, label: [centre[0] + dx, centre[1] + dy] };
}

/** With so many areas only those off target have their names, each on its own place: forty quiet ones would hide them. */
export const isCrowded = (areas) => areas.length > 20;

/** Pushes names apart that would run into each other, each pair by half of the smaller overlap. */
function apart(areas) {
  if (isCrowded(areas)) return areas;
  for (let round = 0; round < 20; round++) {
    for (const [index, { label: a }] of areas.entries()) {
      for (const { label: b } of areas.slice(index + 1)) separate(a, b);
    }
  }
  return areas;
}

function separate(a, b) {
  const overlap = [LABEL.width, LABEL.height].map((room, axis) => room - Math.abs(a[axis] - b[axis]));
  if (overlap.some((each) => each <= 0)) return;
  const axis = overlap[0] < overlap[1] ? 0 : 1;
  const push = ((a[axis] < b[axis] ? -1 : 1) * overlap[axis]) / 2;
  a[axis] = round(a[axis] + push);
  b[axis] = round(b[axis] - push);
}

const centreOf = (feature) =>
  feature.properties.center ?? (feature.geometry.type === 'Point' ? feature.geometry.coordinates : middle(feature));

function middle(feature) {
  const [west, south, east, north] = boundsOf([feature]);
  return [(west + east) / 2, (south + north) / 2];
}

function label(feature, view) {
  const { name, size = 'water', angle } = feature.properties;
  return { name, size, angle: angle ?? { stream: -44, water: 33, sea: 36 }[size] ?? 0, at: view.project(feature.geometry.coordinates) };
}

/** A pin at the picture's edge would lose its severity. */
const inside = ([x, y], { width, height }) => [Math.min(width - PIN, Math.max(PIN, x)), Math.min(height - PIN, Math.max(PIN_TOP, y))];

/** Tells whether a point lies within an area's outline (even-odd rule); one without an outline has room for any. */
function isWithin([x, y], { rings }) {
  if (!rings) return true;
  let crossings = 0;
  for (const ring of rings) {
    for (const [index, [x1, y1]] of ring.entries()) {
      const [x2, y2] = ring[(index + 1) % ring.length];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) crossings++;
    }
  }
  return crossings % 2 === 1;
}

/** Beside a name, above and below it, as far as it lies in the same area: a pin over the border would tell of the neighbour. */
const besideName = (home, columns) =>
  [ABOVE_NAME, BELOW_NAME]
    .flatMap((dy) => columns.map((dx) => [home.label[0] + dx, home.label[1] + dy]))
    .filter((spot) => isWithin(spot, home));

/** Where the registration places a pin's device; what lies off the picture has no place on it. */
function registered({ point }, { project, frame }) {
  const at = point && project?.(point);
  return at && at[0] >= 0 && at[0] <= frame.width && at[1] >= 0 && at[1] <= frame.height ? at : undefined;
}

/**
 * Places pins: where their device's registration says, at their own spot on the map file, else, when something is wrong with them, beside their
 * commune's name. Forty quiet instruments would only hide the figures.
 */
export function place(pins, map) {
  const taken = new Map();
  const placed = [];
  const above = map.frame.pins ?? PINS_ABOVE;
  for (const pin of pins) {
    const own = registered(pin, map) ?? map.spots.get(pin.id.split(':')[0]) ?? map.spots.get(pin.station);
    const home = map.areas.find((area) => area.id === pin.area);
    const count = taken.get(pin.area) ?? 0;
    if (own) {
      placed.push({ ...pin, at: inside(own, map.frame) });
      continue;
    }
    const free = home && pin.severity ? besideName(home, above) : [];
    if (count < Math.min(above.length, free.length)) {
      taken.set(pin.area, count + 1);
      placed.push({ ...pin, at: inside(free[count], map.frame) });
    }
  }
  return placed.reverse(); // the worst is drawn last, on top
}
