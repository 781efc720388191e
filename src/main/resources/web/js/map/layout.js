// From the map file to shapes on a 724 × 502 picture. Equirectangular with cos φ: a district is under 30 km across,
// so the error is far below a pixel.
export const WIDTH = 724;
export const HEIGHT = 502;
const PADDING = { top: 10, right: 10, bottom: 10, left: 44 };
const KM_PER_DEGREE = 110.57;
const PIN_ROW = [-17, 17];
/** Room a name and its figure need. */
const LABEL = { width: 84, height: 46 };

const ringsOf = ({ type, coordinates }) =>
  type === 'MultiPolygon' ? coordinates.flat() : type === 'Polygon' ? coordinates : [];

/** Projects the map once; what changes afterwards is only paint. */
export function layOut(geography) {
  const features = geography?.features ?? [];
  const isArea = (feature) => feature.properties?.kind === 'unit' || feature.properties?.kind === 'area';
  const areas = features.filter(isArea);
  if (areas.length === 0) return { areas: [], context: [], rivers: [], labels: [], spots: new Map(), kmWidth: 0 };
  const view = projection(geography.bbox ?? boundsOf(areas));
  const of = (kind) => features.filter((feature) => feature.properties?.kind === kind);
  return {
    areas: apart(areas.map((feature) => area(feature, view))),
    context: of('context').map((feature) => outline(feature, view)),
    rivers: of('river').map((feature) => line(feature.geometry.coordinates, view)),
    labels: of('label').map((feature) => label(feature, view)),
    spots: new Map(of('sensor').map((feature) => [feature.id, view.project(feature.geometry.coordinates)])),
    kmWidth: view.kmWidth,
  };
}

function projection([west, south, east, north]) {
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const width = WIDTH - PADDING.left - PADDING.right;
  const height = HEIGHT - PADDING.top - PADDING.bottom;
  const scale = Math.min(width / ((east - west) * squeeze), height / (north - south));
  const left = PADDING.left + (width - (east - west) * squeeze * scale) / 2;
  const top = PADDING.top + (height - (north - south) * scale) / 2;
  const project = ([longitude, latitude]) => [
    round(left + (longitude - west) * squeeze * scale),
    round(top + (north - latitude) * scale),
  ];
  return { project, kmWidth: scale / KM_PER_DEGREE };
}

const round = (value) => Math.round(value * 10) / 10;

function boundsOf(features) {
  const points = features.flatMap((feature) => ringsOf(feature.geometry).flat());
  const [x, y] = [0, 1].map((axis) => points.map((point) => point[axis]));
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

const line = (points, view) => `M${points.map((point) => view.project(point).join(' ')).join('L')}`;

const outline = (feature, view) => ringsOf(feature.geometry).map((ring) => `${line(ring, view)}Z`).join('');

function area(feature, view) {
  const centre = view.project(feature.properties.center ?? middle(feature));
  const [dx, dy] = feature.properties.nudge ?? [0, 6];
  return { id: feature.id, path: outline(feature, view), centre, label: [centre[0] + dx, centre[1] + dy] };
}

/** Pushes names apart that would run into each other, each pair by half of the smaller overlap. */
function apart(areas) {
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

function middle(feature) {
  const [west, south, east, north] = boundsOf([feature]);
  return [(west + east) / 2, (south + north) / 2];
}

function label(feature, view) {
  const { name, size = 'water', angle } = feature.properties;
  return { name, size, angle: angle ?? { stream: -44, water: 33, sea: 36 }[size] ?? 0, at: view.project(feature.geometry.coordinates) };
}

/**
 * Places pins: at their own spot on the map file, else, when something is wrong with them, over their commune's name.
 * Forty quiet instruments would only hide the figures.
 */
export function place(pins, map) {
  const taken = new Map();
  const placed = [];
  for (const pin of pins) {
    const own = map.spots.get(pin.id.split(':')[0]) ?? map.spots.get(pin.station);
    const home = map.areas.find((area) => area.id === pin.area);
    const count = taken.get(pin.area) ?? 0;
    if (own) {
      placed.push({ ...pin, at: own });
    } else if (home && pin.severity && count < PIN_ROW.length) {
      taken.set(pin.area, count + 1);
      placed.push({ ...pin, at: [home.label[0] + PIN_ROW[count], home.label[1] - 40] });
    }
  }
  return placed.reverse(); // the worst is drawn last, on top
}
