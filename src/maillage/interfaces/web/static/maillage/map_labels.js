/* Names of towns that never cover a pin, another name or the edge of the map. */
const AROUND = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, .9], [-1, .9], [1, -.9], [-1, -.9]];
const HEIGHT = 17, MARGIN = 3;

const pen = document.createElement('canvas').getContext('2d');
function widthOf(text, font) { pen.font = font; return pen.measureText(text).width; }
function meet(a, b) { return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]; }

/** Boxes of what is drawn above the ground: pins, clusters, controls. */
function obstacles(map) {
  const frame = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll('.leaflet-marker-icon, .leaflet-control')].map(one => {
    const box = one.getBoundingClientRect();
    return [box.left - frame.left - 1, box.top - frame.top - 1, box.right - frame.left + 1, box.bottom - frame.top + 1];
  }).filter(box => box[2] > box[0]);
}

/** Write the names into the pane, the most peopled first, each at the first place around its point that is free. */
export function placeNames(map, pane, towns) {
  pane.replaceChildren();
  const size = map.getSize(), taken = obstacles(map), font = `500 15px ${getComputedStyle(document.documentElement).getPropertyValue('--m-font-text')}`;
  const most = Math.max(4, Math.round(size.x * size.y / 26000));
  let placed = 0;
  for (const town of [...towns].sort((a, b) => (b.weight || 0) - (a.weight || 0))) {
    if (placed >= most) break;
    const at = map.latLngToContainerPoint(town.at);
    if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
    const under = taken.find(box => at.x >= box[0] && at.x <= box[2] && at.y >= box[1] && at.y <= box[3]);
    const gapX = under ? Math.max(at.x - under[0], under[2] - at.x) + 2 : 5, gapY = under ? Math.max(at.y - under[1], under[3] - at.y) + 1 : 4;
    const width = widthOf(town.name, font);
    for (const [dx, dy] of AROUND) {
      const x = dx > 0 ? at.x + gapX : dx < 0 ? at.x - gapX - width : at.x - width / 2;
      const y = dy > 0 ? at.y + gapY * (dx ? .6 : 1) : dy < 0 ? at.y - gapY * (dx ? .6 : 1) - HEIGHT : at.y - HEIGHT / 2;
      const box = [x - MARGIN, y - 1, x + width + MARGIN, y + HEIGHT + 1];
      if (box[0] < 2 || box[1] < 2 || box[2] > size.x - 2 || box[3] > size.y - 2 || taken.some(other => meet(box, other))) continue;
      taken.push(box);
      const word = Object.assign(document.createElement('span'), { className: town.css || 'town', textContent: town.name });
      const corner = map.containerPointToLayerPoint([x, y]);
      word.style.left = `${Math.round(corner.x)}px`;
      word.style.top = `${Math.round(corner.y)}px`;
      pane.append(word);
      placed += 1;
      break;
    }
  }
}
