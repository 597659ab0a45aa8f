/* A live wall: a stream when the server keeps one open, a question every few seconds otherwise; both say the same. */
const root = document.querySelector('[data-live]');
const POLL_MS = 4000, TRIES = 3, QUIET_MS = 60000;
let version = Number(root.dataset.version), stage = root.dataset.at || '', polling = 0, failures = 0, heard = Date.now();

function counted(count, one, many) { return `${count.toLocaleString('fr-FR')}\u00a0${count < 2 ? one : many}`; }
function say(text) { for (const place of root.querySelectorAll('[data-connection]')) if (place.textContent !== text) place.textContent = text; }
function list(kind) { return root.querySelector(`[data-cards="${kind}"]`) || root.querySelector('[data-cards="any"]'); }
function shown(id) { return root.querySelector(`[data-card="${id}"]`); }

function putCard(card) {
  let line = shown(card.id);
  if (!line) {
    const model = root.querySelector(`[data-card-template="${card.kind}"]`), place = list(card.kind);
    if (!model || !place) return;
    line = model.content.firstElementChild.cloneNode(true);
    line.dataset.card = card.id;
    line.classList.add('new');
    place.prepend(line);
  }
  line.dataset.votes = card.votes;
  line.querySelector('[data-title]').textContent = card.title;
  const meta = line.querySelector('[data-meta]');
  if (!meta.textContent) meta.textContent = [card.table ? `Table ${card.table}` : '', root.querySelector('[data-cards="any"]') ? '' : card.type].filter(Boolean).join(', ');
  const nearest = line.querySelector('[data-nearest]');
  if (nearest) { nearest.hidden = !card.nearest; nearest.querySelector('[data-nearest-title]').textContent = card.nearest; }
  const count = line.querySelector('[data-count]');
  count.hidden = !card.votes;
  count.textContent = counted(card.votes, 'vote', 'votes');
}
function putLink(link) {
  const place = root.querySelector('[data-links]'), need = shown(link.need), offer = shown(link.offer);
  if (!place || !need || !offer || place.querySelector(`[data-link="${link.id}"]`)) return;
  const line = root.querySelector('[data-link-template]').content.firstElementChild.cloneNode(true);
  Object.assign(line.dataset, { link: link.id, need: link.need, offer: link.offer });
  line.querySelector('[data-link-need]').textContent = need.querySelector('[data-title]').textContent;
  line.querySelector('[data-link-offer]').textContent = offer.querySelector('[data-title]').textContent;
  line.querySelector('[data-link-because]').textContent = link.because;
  place.prepend(line);
}
function order() {
  for (const place of root.querySelectorAll('[data-cards]')) {
    const cards = [...place.children], sorted = [...cards].sort((a, b) => b.dataset.votes - a.dataset.votes);
    if (!place.contains(document.activeElement) && cards.some((card, at) => card !== sorted[at])) place.append(...sorted);
  }
}
function apply(state) {
  heard = Date.now();
  if (state.version < version) return;
  version = state.version;
  for (const id of state.gone) {
    shown(id)?.remove();
    for (const link of root.querySelectorAll(`[data-link][data-need="${id}"], [data-link][data-offer="${id}"]`)) link.remove();
  }
  state.cards.forEach(putCard);
  state.links.forEach(putLink);
  for (const place of root.querySelectorAll('[data-stage]')) place.textContent = state.stateLabel;
  for (const place of root.querySelectorAll('[data-phones]')) place.textContent = counted(state.phones, 'téléphone dans la salle', 'téléphones dans la salle');
  for (const empty of root.querySelectorAll('[data-empty]')) {
    const kind = empty.dataset.empty;
    empty.hidden = Boolean(root.querySelector(kind === 'link' ? '[data-link]' : `[data-cards="${kind}"] > *`));
  }
  if (state.state === 'voting' || state.state === 'closed') order();
  if (stage && state.state !== stage) moveOn(state.state);
}
function moveOn(next) { // the phone gets the form of the new step, unless somebody is in the middle of a sentence
  const typed = [...root.querySelectorAll('textarea, input:not([type=hidden], [type=radio], [type=checkbox])')].some(field => field.value !== field.defaultValue);
  if (!typed) { location.reload(); return; }
  stage = next;
  say('L’étape a changé : rechargez la page quand votre phrase est finie.');
}

async function ask() {
  try {
    const answer = await fetch(`${root.dataset.state}?depuis=${version}`, { cache: 'no-store' });
    if (!answer.ok) throw new Error(answer.status);
    apply(await answer.json());
    say('');
  } catch { say('Le réseau ne répond pas. Rien n’est perdu, nous réessayons.'); }
}
function poll() {
  if (polling) return;
  root.dataset.by = 'questions';
  ask();
  polling = setInterval(ask, POLL_MS);
}
function follow() {
  if (!window.EventSource) { poll(); return; }
  const stream = new EventSource(`${root.dataset.stream}?depuis=${version}`);
  stream.addEventListener('message', event => { failures = 0; root.dataset.by = 'flux'; say(''); apply(JSON.parse(event.data)); });
  stream.addEventListener('error', () => { // refused, or cut again and again: ask instead
    failures += 1;
    if (stream.readyState === EventSource.CLOSED || failures >= TRIES) { stream.close(); poll(); }
  });
}
follow();
document.addEventListener('visibilitychange', () => { if (!document.hidden && Date.now() - heard > QUIET_MS) ask(); }); // a phone that slept

root.addEventListener('submit', async event => { // votes without leaving the page
  const form = event.target.closest('form[data-vote]');
  if (!form) return;
  event.preventDefault();
  event.stopPropagation();
  const said = root.querySelector('[data-vote-said]');
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' } });
    const { voted, left, said: why } = await answer.json();
    for (const one of root.querySelectorAll('form[data-vote]')) {
      const on = voted.includes(Number(one.carte.value));
      one.geste.value = on ? 'reprendre' : 'voter';
      one.querySelector('button').setAttribute('aria-pressed', String(on));
    }
    root.querySelector('[data-left]').textContent = counted(left, 'vote', 'votes');
    said.textContent = why;
  } catch { said.textContent = 'Le vote n’est pas parti : vérifiez le réseau, puis touchez de nouveau.'; }
});
