/* Words chosen in the notes fill the field that notes a need. */
const notes = document.querySelector('[data-notes]'), field = document.getElementById('words');
if (notes && field) document.addEventListener('selectionchange', () => {
  const chosen = document.getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed || !notes.contains(chosen.anchorNode) || !notes.contains(chosen.focusNode)) return;
  const words = chosen.toString().trim();
  if (words) field.value = words;
});
