/* Maps without tiles: the mesh of communes, pins, clusters, links, a range. One description in JSON a map;
   its form is in docs/explanation/visual-language.md. Leaflet and its clusters are loaded before, as window.L. */
import { borders, townsOf } from './map_ground.js';
import { placeNames } from './map_labels.js';

const SHAPES = { social: '<circle cx="10" cy="10" r="8"/>', business: '<rect x="2.5" y="2.5" width="15" height="15" rx="1.5"/>', authority: '<path d="M10 1 18.5 8.5V18.5H1.5V8.5Z"/>', training: '<path d="M10 1.5 19 18H1Z"/>', people: '<path d="M10 .5 19.5 10 10 19.5 .5 10Z"/>' };
const SCHEMATIC = 'Fond schématique, calculé à partir des points des communes';
const MOST_LISTED = 40;
const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const count = number => number.toLocaleString('fr-FR').replace('\u202f', '\u00a0');
function element(tag, className, text) { const made = document.createElement(tag); made.className = className; if (text !== undefined) made.textContent = text; return made; }

function pinOf(point, size) {
  const pin = element('span', 'pin');
  if (point.side) pin.append(element('span', `side ${point.side}`, point.label ?? ''));
  else pin.innerHTML = `<svg viewBox="0 0 20 20" class="family-${point.family in SHAPES ? point.family : 'people'}">${SHAPES[point.family] || SHAPES.people}</svg>`;
  return icon(pin, size, point.name);
}
function icon(content, size, label, anchor) {
  const made = L.divIcon({ className: 'pin-wrap', html: content, iconSize: [size, size], iconAnchor: anchor || [size / 2, size / 2] });
  const create = made.createIcon;
  made.createIcon = function (old) { const div = create.call(this, old); div.setAttribute('aria-label', label); return div; };
  return made;
}

class NoAnswer extends Error {}

class MeshMap {
  constructor(box) {
    this.box = box;
    this.themed = [];
    this.map = L.map(box, { scrollWheelZoom: false, zoomControl: false, zoomSnap: .25, minZoom: 4, maxZoom: 14, dragging: !L.Browser.mobile, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, preferCanvas: true, renderer: L.canvas({ padding: .4 }) });
    this.map.attributionControl.setPrefix(false).setPosition('bottomleft');
    this.names = this.map.createPane('names');
    this.names.style.zIndex = 590;
    this.names.setAttribute('aria-hidden', 'true');
    this.status = element('span', 'visually-hidden');
    this.status.setAttribute('role', 'status');
    box.append(this.status);
    box.addEventListener('keydown', event => this.key(event));
    this.map.on('moveend zoomend resize', () => this.write());
    document.fonts.ready.then(() => this.write());
  }

  async load() {
    const { mapUrl, mapJson } = this.box.dataset;
    try {
      const data = mapJson ? JSON.parse(document.getElementById(mapJson).textContent) : await this.ask(mapUrl, location.search);
      if (data.ground_url && !this.data) data.ground = await this.ask(data.ground_url, ''); // one ground for many maps: the browser keeps it
      this.draw(data);
    } catch (broken) {
      if (!(broken instanceof TypeError || broken instanceof NoAnswer)) throw broken;
      this.status.className = 'map-empty d-block';
      this.status.textContent = 'La carte ne s’affiche pas pour l’instant. La liste dit la même chose.';
    }
  }
  async ask(url, filters) {
    const address = new URL(url, location.href);
    for (const [name, value] of new URLSearchParams(filters)) address.searchParams.append(name, value);
    const answer = await fetch(address, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new NoAnswer(String(answer.status));
    return answer.json();
  }

  draw(data) {
    const isFirst = !this.data;
    this.data = data;
    if (isFirst) this.fit();
    if (isFirst && data.zoom !== false) L.control.zoom({ zoomInTitle: 'Agrandir la carte', zoomOutTitle: 'Réduire la carte', position: 'topright' }).addTo(this.map);
    if (isFirst && data.ground) this.ground(data.ground);
    this.shown?.remove();
    this.shown = L.layerGroup().addTo(this.map);
    this.themed = this.themed.filter(([layer]) => layer.isGround);
    for (const link of data.links || []) this.link(link);
    if (data.range) this.range(data.range);
    this.points(data.points || []);
    this.write();
    if (!isFirst) this.status.textContent = this.said((data.points || []).length);
  }

  fit() {
    const { bounds, points = [], range, ground } = this.data, onGround = this.data.fit === 'ground' && ground, corners = L.latLngBounds(bounds || (onGround ? [] : points.map(point => point.at)));
    if (!bounds && range) corners.extend(L.latLng(range.at).toBounds(range.km * 2000));
    if (!corners.isValid() && ground) corners.extend(L.geoJSON(ground).getBounds());
    if (!corners.isValid()) corners.extend([41.3, -5.2]).extend([51.1, 9.6]);
    this.home = corners;
    this.map.fitBounds(corners, { padding: this.padding = bounds || onGround ? [6, 6] : [36, 36], maxZoom: 11.5, animate: false });
  }

  add(layer, style, isGround = false) {
    layer.isGround = isGround;
    layer.setStyle(style());
    this.themed.push([layer, style]);
    return layer.addTo(isGround ? this.map : this.shown);
  }
  ground(ground) {
    const fixed = { interactive: false }, { contour, between } = borders(ground.features, ground.schematic);
    this.add(L.geoJSON(ground, fixed), () => ({ color: ink('--m-map-mesh'), weight: .8, fillColor: ink('--m-map-land'), fillOpacity: 1 }), true);
    if (between.length) this.add(L.polyline(between, fixed), () => ({ color: ink('--m-map-mesh-strong'), weight: 1.2 }), true);
    if (contour.length) this.add(L.polyline(contour, fixed), () => ({ color: ink('--m-ink'), weight: ground.schematic ? 1.25 : 2, lineJoin: 'round', lineCap: 'round' }), true);
    this.towns = townsOf(ground.features);
    const said = ground.schematic ? SCHEMATIC : [`Contours : ${ground.source}`, ground.vintage].filter(Boolean).join(', ');
    this.map.attributionControl.addAttribution(element('i', '', said).innerHTML);
  }
  link({ from, to, kind }) {
    if (kind !== 'done') { this.add(L.polyline([from, to], { interactive: false }), () => ({ color: ink('--m-ink'), weight: 2, dashArray: '2 6', lineCap: 'round' })); return; }
    const middle = [(from[0] + to[0]) / 2 + (to[1] - from[1]) * .13, (from[1] + to[1]) / 2 - (to[0] - from[0]) * .3], arc = [];
    for (let t = 0; t <= 1.001; t += .05) arc.push([0, 1].map(k => (1 - t) ** 2 * from[k] + 2 * t * (1 - t) * middle[k] + t * t * to[k]));
    this.add(L.polyline(arc, { interactive: false }), () => ({ color: ink('--m-crocus'), weight: 1.75, opacity: .8 }));
  }
  range({ at, km }) {
    this.add(L.circle(at, { radius: km * 1000, interactive: false, fill: false }), () => ({ color: ink('--m-saffron-ink'), weight: 1.5, dashArray: '1 5', lineCap: 'round' }));
  }

  points(points) {
    const inCluster = this.data.cluster ?? points.length > 60, rank = new Map();
    const markers = points.map(point => {
      const size = point.size || (point.side ? 34 : 28), made = pinOf(point, size);
      if (!inCluster) this.spread(made, point, size, rank);
      const marker = L.marker(point.at, { icon: made, riseOnHover: true });
      marker.point = point;
      return marker;
    });
    const layer = inCluster ? this.clusters() : L.featureGroup();
    layer.on('click', event => this.openPoint(event.layer || event.propagatedFrom));
    if (inCluster) layer.addLayers(markers); else for (const marker of markers) layer.addLayer(marker);
    layer.on('mouseover', event => { const over = event.propagatedFrom || event.layer; if (over?.point && !over.getTooltip()) over.bindTooltip(element('span', '', over.point.name), { direction: 'top', offset: [0, -12] }).openTooltip(); });
    layer.addTo(this.shown);
    this.pins = layer;
  }
  spread(made, point, size, rank) { // several pins on one commune stand in a ring
    const key = point.at.join(), same = this.data.points.filter(other => other.at.join() === key).length, turn = rank.get(key) || 0;
    rank.set(key, turn + 1);
    if (same < 2) return;
    const angle = 2 * Math.PI * turn / same - Math.PI / 2, far = same === 2 ? size * .58 : size * .3 * same ** .8;
    made.options.iconAnchor = [size / 2 - far * Math.cos(angle + (same === 2 ? Math.PI / 2 : 0)), size / 2 - far * Math.sin(angle + (same === 2 ? Math.PI / 2 : 0))];
  }
  clusters() {
    const group = L.markerClusterGroup({ maxClusterRadius: this.data.points.length > 400 ? 60 : 36, animate: false, animateAddingMarkers: false, showCoverageOnHover: false, spiderfyOnMaxZoom: false, zoomToBoundsOnClick: false, removeOutsideVisibleBounds: true, iconCreateFunction: cluster => this.clusterIcon(cluster) });
    group.on('clusterclick', event => this.openCluster(event.layer));
    return group;
  }
  said(number) { const [one, many] = this.data.noun || ['structure', 'structures']; return `${count(number)} ${number < 2 ? one : many}`; }
  clusterIcon(cluster) {
    const total = cluster.getChildCount(), size = Math.min(58, Math.round(22 + 4 * Math.log2(total + 1)));
    const towns = new Map();
    for (const child of cluster.getAllChildMarkers()) if (child.point.town) towns.set(child.point.town, (towns.get(child.point.town) || 0) + 1);
    const [most] = [...towns].sort((a, b) => b[1] - a[1]);
    const label = !most ? this.said(total) : towns.size === 1 ? `${most[0]} : ${this.said(total)}` : `Autour de ${most[0]} : ${this.said(total)}`;
    return icon(element('span', 'cluster num', count(total)), size, label);
  }

  openPoint(marker) {
    const { name, url, detail } = marker.point, body = element('div', '');
    const title = element(url ? 'a' : 'strong', 'fw-semibold', name);
    if (url) title.href = url;
    body.append(title);
    if (detail) body.append(element('span', 'd-block soft small', detail));
    this.popup(marker.getLatLng(), body, marker.getElement());
  }
  openCluster(cluster) {
    const bounds = cluster.getBounds(), isOnePlace = bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-4);
    if (!isOnePlace && this.map.getZoom() < this.map.getMaxZoom()) {
      const inside = new Set(cluster.getAllChildMarkers());
      this.map.fitBounds(bounds, { padding: [50, 50], animate: false });
      this.status.textContent = 'Carte agrandie. Échap pour revenir à la carte entière.';
      this.focusOne(inside);
      return;
    }
    const all = cluster.getAllChildMarkers().map(child => child.point).sort((a, b) => a.name.localeCompare(b.name, 'fr'));
    const body = element('div', ''), list = element('ul', '');
    body.append(element('strong', 'd-block mb-1', all[0].town ? `${all[0].town} : ${this.said(all.length)}` : this.said(all.length)));
    for (const point of all.slice(0, MOST_LISTED)) {
      const line = element('li', ''), words = element(point.url ? 'a' : 'span', '', point.name);
      if (point.url) words.href = point.url;
      line.append(words);
      list.append(line);
    }
    if (all.length > MOST_LISTED) list.append(element('li', 'soft', `et ${count(all.length - MOST_LISTED)} autres, dans la liste`));
    body.append(list);
    this.popup(cluster.getLatLng(), body, cluster.getElement?.() || cluster._icon);
  }
  focusOne(inside) {
    if (!this.box.contains(document.activeElement) && document.activeElement !== document.body) return;
    const shown = new Map();
    for (const marker of inside) { const seen = this.pins.getVisibleParent(marker)?.getElement(); if (seen) shown.set(seen, (shown.get(seen) || 0) + 1); }
    const [largest] = [...shown].sort((a, b) => b[1] - a[1]);
    (largest?.[0] || this.box).focus({ preventScroll: true });
  }
  popup(at, body, from) {
    const opened = L.popup({ offset: [0, -8], maxWidth: 280, closeButton: true, autoPanPadding: [20, 20] }).setLatLng(at).setContent(body).openOn(this.map);
    opened.getElement().querySelector('.leaflet-popup-close-button')?.setAttribute('aria-label', 'Fermer');
    this.from = from;
    const first = body.querySelector('a') || opened.getElement().querySelector('.leaflet-popup-close-button');
    if (document.activeElement === from) first.focus({ preventScroll: true });
    this.opened = opened;
    opened.once('remove', () => { this.opened = null; });
  }
  key(event) {
    const pin = event.target.closest('.leaflet-marker-icon');
    if (pin && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); event.stopPropagation(); pin.click(); return; }
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (this.opened) { this.map.closePopup(); if (this.from?.isConnected) this.from.focus(); else this.box.focus(); return; }
    this.map.fitBounds(this.home, { padding: this.padding, maxZoom: 11.5, animate: false });
    this.status.textContent = 'Carte entière.';
    if (!document.activeElement.isConnected || document.activeElement === document.body) this.box.focus();
  }

  write() {
    if (!this.data) return;
    const towns = this.data.towns || this.towns || [], { range } = this.data;
    placeNames(this.map, this.names, range ? [...towns, ...this.rangeWord(range)] : towns);
  }
  rangeWord({ at, km }) { // the words of the circle stand where it crosses the view
    const view = this.map.getBounds().pad(-.08), k = Math.cos(at[0] * Math.PI / 180) * 111.32;
    for (const angle of [-90, -70, -110, -45, -135, 0, 180, 45, 135, 90]) {
      const spot = [at[0] + km / 110.57 * Math.sin(angle * Math.PI / 180), at[1] + km / k * Math.cos(angle * Math.PI / 180)];
      if (view.contains(spot)) return [{ name: `à ${count(km)}\u00a0km`, at: spot, weight: Infinity, css: 'town range' }];
    }
    return [];
  }
  theme() { for (const [layer, style] of this.themed) layer.setStyle(style()); }
}

const maps = new Map();
function watch(root) {
  for (const box of [...(root.matches?.('[data-map-url], [data-map-json]') ? [root] : []), ...root.querySelectorAll('[data-map-url], [data-map-json]')]) {
    if (maps.has(box)) continue;
    maps.set(box, new MeshMap(box));
    maps.get(box).load();
  }
}
function each(act) { for (const [box, map] of maps) { if (box.isConnected) act(map); else { map.map.remove(); maps.delete(box); } } }
watch(document);
document.addEventListener('htmx:load', event => { each(() => {}); watch(event.detail.elt); });
for (const moved of ['htmx:pushedIntoHistory', 'htmx:replacedInHistory']) document.addEventListener(moved, () => each(map => { if (map.box.dataset.mapUrl) map.load(); }));
window.addEventListener('popstate', () => each(map => { if (map.box.dataset.mapUrl) map.load(); }));
new MutationObserver(() => each(map => map.theme())).observe(document.documentElement, { attributes: true, attributeFilter: ['data-bs-theme'] });
