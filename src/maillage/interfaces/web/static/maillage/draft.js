/* Forms with data-draft="name" keep what one writes on this device, say so, and give it back. */
const PREFIX = 'maillage-draft:';
const SKIPPED = ['password', 'file', 'hidden', 'submit', 'button'];

function load(key) { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } }
function store(key, value) { try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); return true; } catch { return false; } }
function forget(key) { try { localStorage.removeItem(PREFIX + key); } catch { /* nothing was kept */ } }

function fields(form) {
  return [...form.elements].filter(one => one.name && !one.matches('[data-no-draft]') && one.name !== 'csrfmiddlewaretoken'
    && (!SKIPPED.includes(one.type) || (one.type === 'hidden' && one.closest('.combobox'))));
}
function picture(form) {
  return fields(form).map(one => [one.name, ['checkbox', 'radio'].includes(one.type) ? [one.value, one.checked] : one.value]);
}
function restore(form, values) {
  const turn = {};
  for (const [name, value] of values) {
    const same = fields(form).filter(one => one.name === name);
    const one = Array.isArray(value) ? same.find(field => field.value === value[0]) : same[turn[name] = (turn[name] ?? -1) + 1];
    if (!one) continue;
    if (Array.isArray(value)) one.checked = value[1]; else one.value = value;
  }
  form.dispatchEvent(new Event('change', { bubbles: true }));
}
function clock(at) { return new Date(at).toLocaleTimeString('fr-FR', { hour: 'numeric', minute: '2-digit' }).replace(':', '\u00a0h\u00a0'); }
function day(at) {
  const then = new Date(at);
  return then.toDateString() === new Date().toDateString() ? `à ${clock(at)}` : `le ${then.toLocaleDateString('fr-FR', { day: 'numeric', month: 'long' })} à ${clock(at)}`;
}

function keep(form) {
  const key = form.dataset.draft, status = form.querySelector('[data-draft-status]');
  const say = text => { if (status) status.textContent = text; };
  const empty = JSON.stringify(picture(form));
  const known = load(key);
  if (known?.sent && (document.querySelector('[data-message="success"]') || form.querySelector('[aria-invalid="true"]'))) forget(key);
  else if (known && !form.querySelector('[aria-invalid="true"]') && JSON.stringify(known.values) !== empty) {
    restore(form, known.values);
    say(`Brouillon repris, gardé sur cet appareil ${day(known.at)}. `);
    const again = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-text', textContent: 'Repartir d’une page vide' });
    again.addEventListener('click', () => { forget(key); restore(form, JSON.parse(empty)); say('Brouillon effacé.'); form.querySelector('input:not([type=hidden]), textarea')?.focus(); });
    status?.append(again);
  }
  let later = 0;
  const save = () => {
    if (JSON.stringify(picture(form)) === empty) return;
    const at = Date.now();
    say(store(key, { at, values: picture(form) }) ? `Brouillon gardé sur cet appareil à ${clock(at)}, même sans réseau.` : 'Ce navigateur ne garde pas de brouillon. Enregistrez avant de quitter la page.');
  };
  for (const kind of ['input', 'change']) form.addEventListener(kind, () => { clearTimeout(later); later = setTimeout(save, 600); });
  form.addEventListener('submit', () => { clearTimeout(later); store(key, { at: Date.now(), values: picture(form), sent: true }); });
}

export function keepDrafts(root) {
  if (document.querySelector('[data-message="success"]')) for (const name of sentDrafts()) forget(name);
  for (const form of root.querySelectorAll('form[data-draft]:not([data-draft-kept])')) { form.dataset.draftKept = ''; keep(form); }
}
function sentDrafts() {
  try { return Object.keys(localStorage).filter(name => name.startsWith(PREFIX)).map(name => name.slice(PREFIX.length)).filter(name => load(name)?.sent); } catch { return []; }
}
