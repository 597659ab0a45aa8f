/* Besoins et offres: boxes ticked together, chips that fill the fields they speak of. */
import './filters.js';

/* ---------- Lines ticked together ---------- */
document.addEventListener('click', event => {
  const all = event.target.closest('[data-pick-all]');
  if (!all) return;
  const boxes = [...all.form.querySelectorAll('input[name=pk]')], on = boxes.some(box => !box.checked);
  for (const box of boxes) box.checked = on;
  all.textContent = on ? 'Tout décocher' : 'Tout cocher';
});

/* ---------- Capture ---------- */
function fill(name, value) {
  const field = document.getElementById(`id_${name}`);
  if (field) field.value = value;
  return field;
}
document.addEventListener('change', event => { // unticking what we understood opens the fields that say it, filled
  const box = event.target;
  if (box.name !== 'keep' || box.checked) return;
  const names = [...box.attributes].filter(one => one.name.startsWith('data-field-'));
  const fields = names.map(one => fill(one.name.slice('data-field-'.length), one.value)).filter(Boolean);
  const first = fields.find(field => field.value) || fields[0];
  if (!first) return;
  for (let fold = first.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  first.focus();
  first.select?.();
});
document.addEventListener('click', event => { // a chip that names a structure or a commune fills its field
  const chip = event.target.closest('button[data-fill]');
  if (!chip) return;
  event.preventDefault();
  const text = document.getElementById(`id_${chip.dataset.fill}_text`), value = document.getElementById(`id_${chip.dataset.fill}`);
  text.value = chip.dataset.label;
  value.value = chip.value;
  text.classList.remove('is-invalid');
  text.removeAttribute('aria-invalid');
  document.getElementById(`id_${chip.dataset.fill}_error`)?.remove();
  const box = chip.closest('.hint-box');
  if (box) box.replaceChildren();
  value.dispatchEvent(new Event('change', { bubbles: true }));
  text.focus();
});
document.addEventListener('change', event => { // a click on « Autre chose » leads to its field; arrow keys may pass over it (WCAG 3.2.2)
  if (event.target.name !== 'resource_type' || event.target.value !== 'autre' || event.target.matches(':focus-visible')) return;
  document.getElementById('id_other_type_text')?.focus();
});
document.addEventListener('DOMContentLoaded', () => setTimeout(() => { // a draft that came back is understood anew
  const words = document.getElementById('id_words');
  if (words && words.value !== words.defaultValue) words.dispatchEvent(new Event('change', { bubbles: true }));
}, 0));
