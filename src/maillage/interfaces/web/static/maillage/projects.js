/* Projects: after a task is added, the next one is typed at once. */
document.querySelector('form[data-quick] input[name=title]')?.focus();
