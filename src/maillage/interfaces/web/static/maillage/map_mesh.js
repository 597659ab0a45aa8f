/* A schematic mesh of communes from their points alone: each cell is what is nearest to its point (Voronoi),
   cut at a reach around it so that the outside stays round. Points are {at: [lat, lon], group}. */
const SIDES = 28;

function squeezed(points) { // degrees of longitude are shorter than degrees of latitude
  const middle = points.reduce((sum, p) => sum + p.at[0], 0) / points.length, k = Math.cos(middle * Math.PI / 180);
  return { k, flat: points.map(p => [p.at[1] * k, p.at[0]]) };
}
function neighbours(flat, size) { // a grid, so that each point only meets the points near it
  const grid = new Map(), key = (x, y) => `${Math.floor(x / size)},${Math.floor(y / size)}`;
  flat.forEach(([x, y], at) => { const cell = key(x, y); grid.has(cell) ? grid.get(cell).push(at) : grid.set(cell, [at]); });
  return at => {
    const [x, y] = flat[at], near = [];
    for (let i = -1; i <= 1; i++) for (let j = -1; j <= 1; j++) near.push(...(grid.get(key(x + i * size, y + j * size)) || []));
    return near.filter(other => other !== at).map(other => [(flat[other][0] - x) ** 2 + (flat[other][1] - y) ** 2, other]).filter(([far]) => far > 0).sort((a, b) => a[0] - b[0]);
  };
}
function spacing(flat) { // the usual distance from a point to the nearest other, on a sample
  const step = Math.max(1, Math.floor(flat.length / 200)), found = [];
  for (let i = 0; i < flat.length; i += step) {
    let best = Infinity;
    for (let j = 0; j < flat.length; j++) { const far = (flat[i][0] - flat[j][0]) ** 2 + (flat[i][1] - flat[j][1]) ** 2; if (far > 0 && far < best) best = far; }
    if (best < Infinity) found.push(Math.sqrt(best));
  }
  return found.sort((a, b) => a - b)[found.length >> 1] || .03;
}
function cut(cell, [x, y], [u, v], other) { // keep the half nearer to (x, y); each corner knows what its edge borders
  const mx = (x + u) / 2, my = (y + v) / 2, nx = u - x, ny = v - y, side = p => (p[0] - mx) * nx + (p[1] - my) * ny, out = [];
  for (let i = 0; i < cell.length; i++) {
    const p = cell[i], q = cell[(i + 1) % cell.length], a = side(p), b = side(q);
    const cross = () => { const t = a / (a - b); return [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]; };
    if (a <= 0) { out.push(p); if (b > 0) out.push([...cross(), other]); } else if (b <= 0) out.push([...cross(), p[2]]);
  }
  return out;
}

/** Return {cells: rings of [lat, lon], contour and borders: segments} of the points. */
export function schematicMesh(points) {
  const { k, flat } = squeezed(points), reach = spacing(flat) * 1.7, near = neighbours(flat, reach * 2);
  const back = ([x, y]) => [y, x / k], cells = [], contour = [], borders = [];
  flat.forEach(([x, y], at) => {
    let cell = Array.from({ length: SIDES }, (_, i) => { const a = 2 * Math.PI * i / SIDES; return [x + reach * Math.cos(a), y + reach * Math.sin(a), -1]; });
    for (const [far, other] of near(at)) { if (far > 4 * reach * reach) break; cell = cut(cell, flat[at], flat[other], other); }
    cells.push(cell.map(back));
    cell.forEach((p, i) => {
      const segment = [back(p), back(cell[(i + 1) % cell.length])];
      if (p[2] < 0) contour.push(segment); else if (p[2] > at && points[p[2]].group !== points[at].group) borders.push(segment);
    });
  });
  return { cells, contour, borders };
}

/** Return the outer contour and the borders between groups of outlines that share their corners. */
export function sharedBorders(features) {
  const seen = new Map(), contour = [], borders = [];
  const corner = p => `${p[0].toFixed(5)},${p[1].toFixed(5)}`;
  for (const feature of features) {
    const { type, coordinates } = feature.geometry, rings = type === 'Polygon' ? coordinates : coordinates.flat();
    for (const ring of rings) for (let i = 0; i + 1 < ring.length; i++) {
      const a = corner(ring[i]), b = corner(ring[i + 1]), key = a < b ? a + b : b + a;
      if (!seen.has(key)) seen.set(key, { edge: [ring[i], ring[i + 1]], groups: [] });
      seen.get(key).groups.push(feature.properties?.group);
    }
  }
  for (const { edge, groups } of seen.values()) {
    const segment = edge.map(([x, y]) => [y, x]);
    if (groups.length === 1) contour.push(segment); else if (groups[0] !== groups[1]) borders.push(segment);
  }
  // Outlines simplified one by one no longer share their corners: then no border is drawn rather than a false one.
  return contour.length > seen.size * .4 ? { contour: [], borders: [] } : { contour, borders };
}
