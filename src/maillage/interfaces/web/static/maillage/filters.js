/* Filters of a list: what is empty stays out of the address. A form says so with data-clean. */
const isClean = form => form?.matches?.('form[data-clean]');
document.addEventListener('htmx:configRequest', event => {
  if (!isClean(event.detail.elt)) return;
  const kept = event.detail.parameters;
  for (const name of Object.keys(kept)) if (!kept[name] || name.endsWith('_text')) delete kept[name];
});
document.addEventListener('submit', event => {
  if (!isClean(event.target)) return;
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  setTimeout(() => { for (const field of event.target.elements) field.disabled = false; }, 0);
});
