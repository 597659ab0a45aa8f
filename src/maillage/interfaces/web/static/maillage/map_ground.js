/* What the ground of a map tells beyond its communes: the outer contour, the borders between intercommunal bodies,
   the names of its towns. The ground is a GeoJSON collection whose features have body, name and population. */

function rings(geometry) { return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(); }
function corner(point) { return `${point[0].toFixed(5)},${point[1].toFixed(5)}`; }

/** Return the segments that only one commune has, and those that part two bodies, as [lat, lon] pairs. */
export function borders(features) {
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
  // Outlines simplified one by one no longer share their corners: then no border is drawn rather than a false one.
  return contour.length > seen.size * .45 ? { contour: [], between: [] } : { contour, between };
}

/** Return the most peopled communes as names to place, each at the middle of its first ring. */
export function townsOf(features, most = 60) {
  return features.filter(one => one.properties?.population).sort((a, b) => b.properties.population - a.properties.population).slice(0, most).map(one => {
    const ring = rings(one.geometry)[0], middle = axis => (Math.min(...ring.map(p => p[axis])) + Math.max(...ring.map(p => p[axis]))) / 2;
    return { name: one.properties.name, at: [middle(1), middle(0)], weight: one.properties.population };
  });
}
