/* What the ground of a map tells beyond its communes: the outer contour, the borders between intercommunal bodies,
   the names of its towns. The ground is a GeoJSON collection whose features have body, name and population. */

const NUDGE = 5e-4; // degrees, about fifty metres

function rings(geometry) { return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(); }
function corner(point) { return `${point[0].toFixed(5)},${point[1].toFixed(5)}`; }

/** Return the segments that only one commune has, and those that part two bodies, as [lat, lon] pairs. */
export function borders(features, isSchematic) {
  const seen = new Map(), contour = [], between = [];
  for (const { geometry, properties } of features) for (const ring of rings(geometry)) for (let i = 0; i + 1 < ring.length; i++) {
    const a = corner(ring[i]), b = corner(ring[i + 1]), key = a < b ? a + b : b + a;
    if (a === b) continue;
    if (!seen.has(key)) seen.set(key, { edge: [ring[i], ring[i + 1]], bodies: [] });
    seen.get(key).bodies.push(properties?.body ?? '');
  }
  for (const { edge, bodies } of seen.values()) {
    const segment = edge.map(([x, y]) => [y, x]);
    if (bodies.length === 1) contour.push(segment); else if (bodies[0] !== bodies[1]) between.push(segment);
  }
  if (isSchematic) return { contour: outside(contour, features), between };
  // Outlines simplified one by one no longer share their corners: then no border is drawn rather than a false one.
  return contour.length > seen.size * .45 ? { contour: [], between: [] } : { contour, between };
}

/* Cells of the mesh are cut one by one near the edge: a segment with a cell on each of its sides is no contour. */
function outside(segments, features) {
  const cells = features.map(({ geometry }) => {
    const ring = rings(geometry)[0], xs = ring.map(p => p[0]), ys = ring.map(p => p[1]);
    return { ring, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
  });
  const isIn = (x, y) => cells.some(({ ring, box }) => x >= box[0] && y >= box[1] && x <= box[2] && y <= box[3] && holds(ring, x, y));
  return segments.filter(([[y1, x1], [y2, x2]]) => {
    const length = Math.hypot(x2 - x1, y2 - y1), nx = (y2 - y1) / length * NUDGE, ny = (x1 - x2) / length * NUDGE, x = (x1 + x2) / 2, y = (y1 + y2) / 2;
    return !(isIn(x + nx, y + ny) && isIn(x - nx, y - ny));
  });
}
function holds(ring, x, y) { // the even-odd rule
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i], [xj, yj] = ring[j];
    if ((yi > y) !== (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Return the most peopled communes as names to place, each at the middle of its first ring. */
export function townsOf(features, most = 60) {
  return features.filter(one => one.properties?.population).sort((a, b) => b.properties.population - a.properties.population).slice(0, most).map(one => {
    const ring = rings(one.geometry)[0], middle = axis => (Math.min(...ring.map(p => p[axis])) + Math.max(...ring.map(p => p[axis]))) / 2;
    return { name: one.properties.name, at: [middle(1), middle(0)], weight: one.properties.population };
  });
}
