/* What every page does: menu, theme, requests that say their progress, chips, shortcuts. */
import { watchComboboxes } from './combobox.js';
import { keepDrafts } from './draft.js';

const announcer = document.getElementById('announcer');
export function announce(text) { announcer.textContent = ''; setTimeout(() => { announcer.textContent = text; }, 50); }

/* ---------- Menu of narrow pages ---------- */
const menu = document.getElementById('menu-button'), masthead = document.getElementById('masthead');
function openMenu(open) { masthead.classList.toggle('open', open); menu.setAttribute('aria-expanded', String(open)); }
if (menu) {
  menu.addEventListener('click', () => openMenu(menu.getAttribute('aria-expanded') !== 'true'));
  masthead.addEventListener('keydown', event => {
    if (event.key === 'Escape' && menu.getAttribute('aria-expanded') === 'true') { openMenu(false); menu.focus(); }
  });
}

/* ---------- Theme ---------- */
document.addEventListener('click', event => {
  if (!event.target.closest('[data-theme-switch]')) return;
  const chosen = window.maillageTheme.switch();
  announce(chosen === 'dark' ? 'Affichage sombre.' : 'Affichage clair.');
});

/* ---------- Requests: a bar, a word for screen readers, and a sentence when the network fails ---------- */
const bar = document.getElementById('request-bar');
let pending = 0, slow = 0;
const isQuiet = event => event.detail.elt?.closest?.('[data-quiet]');
document.addEventListener('htmx:beforeRequest', event => {
  if (isQuiet(event)) return;
  pending += 1;
  bar.classList.add('on');
  clearTimeout(slow);
  slow = setTimeout(() => announce('Chargement…'), 600);
});
document.addEventListener('htmx:afterRequest', event => {
  if (isQuiet(event)) return;
  pending = Math.max(0, pending - 1);
  if (pending) return;
  bar.classList.remove('on');
  clearTimeout(slow);
  const said = event.detail.elt?.closest?.('[data-announce]')?.dataset.announce;
  if (event.detail.successful && said) announce(said);
});
function sayFailure(text) {
  const known = document.getElementById('failure');
  const place = known || document.createElement('div');
  place.id = 'failure';
  place.className = 'page messages';
  place.setAttribute('role', 'alert');
  place.innerHTML = '<div class="notice error"><span></span><p></p></div>';
  place.querySelector('p').textContent = text;
  document.getElementById('contenu').prepend(place);
}
document.addEventListener('htmx:sendError', () => sayFailure('Le réseau ne répond pas. Rien n’a été perdu : vérifiez la connexion, puis recommencez.'));
document.addEventListener('htmx:responseError', event => {
  const status = event.detail.xhr.status;
  sayFailure(status === 403 ? 'Vous n’avez pas le droit de faire cela, ou votre session est terminée. Rechargez la page.' : 'La demande n’a pas abouti. Rechargez la page, puis recommencez.');
});
document.addEventListener('htmx:beforeSwap', event => { // a form sent back with its mistakes is shown
  if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
});

/* ---------- Buttons of a form keep their width and say that something leaves ---------- */
document.addEventListener('submit', event => {
  const button = event.submitter, form = event.target;
  if (!button?.matches('.btn') || form.method === 'get' || form.method === 'dialog' || form.matches('[hx-post], [data-hx-post]')) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
  button.style.minWidth = `${button.offsetWidth}px`;
  button.setAttribute('aria-busy', 'true');
  setTimeout(() => { button.textContent = 'Envoi…'; }, 400);
});
window.addEventListener('pageshow', event => { if (event.persisted) for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent; });

/* ---------- Chips that are buttons; links that keep the filters; errors that lead to their field ---------- */
document.addEventListener('click', event => {
  const chip = event.target.closest('button.chip[aria-pressed]');
  if (chip) pressChip(chip);
  const lead = event.target.closest('[data-focus]');
  if (lead) {
    const id = lead.dataset.focus, field = document.getElementById(`${id}_text`) || document.getElementById(id);
    const target = field?.matches('input, select, textarea') ? field : field?.querySelector('input, select, textarea');
    if (target) { event.preventDefault(); target.focus(); }
  }
  const link = event.target.closest('a[data-keep-filters]');
  if (link && location.search && !link.getAttribute('href').startsWith('#')) {
    const url = new URL(link.href);
    for (const [name, value] of new URLSearchParams(location.search)) if (!url.searchParams.has(name)) url.searchParams.append(name, value);
    link.href = url.href;
  }
});
function pressChip(chip) { // data-chip-for: the hidden field that takes data-value; one at a time inside a radio group
  const group = chip.closest('.chips'), on = group?.dataset.single !== undefined || chip.getAttribute('aria-pressed') !== 'true';
  if (group?.dataset.single !== undefined) for (const other of group.querySelectorAll('[aria-pressed]')) other.setAttribute('aria-pressed', 'false');
  chip.setAttribute('aria-pressed', String(on));
  const field = document.getElementById(chip.dataset.chipFor || '');
  if (field) { field.value = on ? chip.dataset.value : ''; field.dispatchEvent(new Event('change', { bubbles: true })); }
}
document.querySelector('.errors-summary')?.focus();

/* ---------- Shortcuts: one key, outside fields; they can be turned off (WCAG 2.1.4) ---------- */
const help = document.getElementById('shortcuts'), allowed = document.getElementById('shortcuts-on');
const SHORTCUTS = 'maillage-shortcuts';
function read(name) { try { return localStorage.getItem(name); } catch { return null; } }
function write(name, value) { try { localStorage.setItem(name, value); } catch { announce('Ce navigateur ne garde pas ce choix.'); } }
if (help) {
  allowed.checked = read(SHORTCUTS) !== 'off';
  allowed.addEventListener('change', () => write(SHORTCUTS, allowed.checked ? 'on' : 'off'));
  document.addEventListener('click', event => { if (event.target.closest('[data-shortcuts-open]')) openHelp(); });
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !allowed.checked) return;
    if (event.target.closest('input, textarea, select, [contenteditable], dialog, .map')) return;
    if (event.key === '?') { event.preventDefault(); openHelp(); return; }
    const target = [...document.querySelectorAll('[data-shortcut]')].find(one => one.dataset.shortcut === event.key.toLowerCase());
    if (!target) return;
    event.preventDefault();
    if (target.matches('input, select, textarea')) target.focus(); else target.click();
  });
}
function openHelp() {
  const list = document.getElementById('shortcuts-list');
  for (const old of list.querySelectorAll('.own')) old.remove();
  for (const one of document.querySelectorAll('[data-shortcut]')) {
    const key = document.createElement('dt'), words = document.createElement('dd');
    key.className = words.className = 'own';
    key.append(Object.assign(document.createElement('kbd'), { textContent: one.dataset.shortcut }));
    words.textContent = one.dataset.shortcutLabel || one.textContent.trim();
    list.append(key, words);
  }
  help.showModal();
}

watchComboboxes(document);
keepDrafts(document);
document.addEventListener('htmx:load', event => { watchComboboxes(event.detail.elt); keepDrafts(event.detail.elt); });
