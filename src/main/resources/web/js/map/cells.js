// Voronoi cells by half-planes: each place gets what is nearer to it than to any other. O(n²): a district has tens of
// places, not thousands.

/** Corners of the rounded outline round each place. */
const CORNERS = 24;

/** One ring of [x, y] for each site, inside a hull that lies pad outside the sites. */
export function cells(sites, pad) {
  const outline = paddedHull(sites, pad);
  return sites.map((site) =>
    sites.reduce((ring, other) => (other === site ? ring : clipNearer(ring, site, other)), outline),
  );
}

/** Cuts off what is nearer to the other place. */
function clipNearer(ring, [x, y], [otherX, otherY]) {
  const side = ([px, py]) => (px - (x + otherX) / 2) * (otherX - x) + (py - (y + otherY) / 2) * (otherY - y);
  return ring.flatMap((point, index) => {
    const next = ring[(index + 1) % ring.length];
    const [here, there] = [side(point), side(next)];
    const kept = here <= 0 ? [point] : [];
    return here * there < 0 ? [...kept, between(point, next, here / (here - there))] : kept;
  });
}

const between = ([x, y], [nextX, nextY], share) => [x + (nextX - x) * share, y + (nextY - y) * share];

function paddedHull(sites, pad) {
  const points = sites.flatMap(([x, y]) =>
    Array.from({ length: CORNERS }, (_, corner) => {
      const angle = (corner / CORNERS) * 2 * Math.PI;
      return [x + pad * Math.cos(angle), y + pad * Math.sin(angle)];
    }),
  );
  const sorted = points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...half(sorted), ...half(sorted.toReversed())];
}

/** One side of the convex hull, by the monotone chain; its last point starts the other side. */
function half(points) {
  const chain = [];
  for (const point of points) {
    while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
    chain.push(point);
  }
  return chain.slice(0, -1);
}

const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
