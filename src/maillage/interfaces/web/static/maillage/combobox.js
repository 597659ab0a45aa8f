/* The ARIA combobox with a list: words typed, a choice kept in the hidden field beside.
   data-combobox names an address that answers {"results": [{"value", "label", "detail"}]} to ?q=. */
const WAIT = 180, SHORTEST = 2;

class Combobox {
  constructor(box) {
    this.box = box;
    this.url = box.dataset.combobox;
    this.input = box.querySelector('input[type=text]');
    this.value = box.querySelector('input[type=hidden]');
    this.list = box.querySelector('[role=listbox]');
    this.status = box.querySelector('[role=status]');
    this.newHint = box.parentElement.querySelector('[data-combobox-new]');
    this.active = -1;
    this.asked = 0;
    const set = (name, value) => this.input.setAttribute(name, value);
    set('role', 'combobox'); set('aria-autocomplete', 'list'); set('aria-expanded', 'false'); set('aria-controls', this.list.id);
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', event => this.key(event));
    this.input.addEventListener('blur', () => setTimeout(() => this.close(), 150));
    this.list.addEventListener('pointerdown', event => event.preventDefault());
    this.list.addEventListener('click', event => { const option = event.target.closest('[role=option]'); if (option) this.choose(option); });
  }
  get options() { return [...this.list.children]; }
  get isOpen() { return !this.list.hidden; }
  typed() {
    if (this.value.value) { this.value.value = ''; this.tell(); }
    clearTimeout(this.later);
    if (this.input.value.trim().length < SHORTEST) { this.close(); return; }
    this.later = setTimeout(() => this.ask(), WAIT);
  }
  async ask() {
    const turn = ++this.asked, text = this.input.value.trim();
    const address = new URL(this.url, location.href);
    address.searchParams.set('q', text);
    let found;
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(String(answer.status));
      found = (await answer.json()).results;
    } catch {
      this.close();
      this.status.textContent = 'La liste ne répond pas. Écrivez le nom en entier.';
      return;
    }
    if (turn === this.asked && document.activeElement === this.input) this.show(found);
  }
  show(found) {
    this.list.replaceChildren(...found.map((one, at) => this.option(one, at)));
    this.active = -1;
    this.input.removeAttribute('aria-activedescendant');
    this.open(found.length > 0);
    const count = found.length;
    this.status.textContent = count ? `${count} ${count > 1 ? 'propositions' : 'proposition'}. Flèche bas pour choisir.` : 'Aucune proposition.';
    if (this.newHint) this.newHint.hidden = count > 0;
  }
  option(one, at) {
    const item = document.createElement('li');
    item.id = `${this.list.id}-${at}`;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    item.dataset.value = one.value;
    item.dataset.label = one.label;
    item.append(Object.assign(document.createElement('span'), { textContent: one.label }));
    if (one.detail) item.append(Object.assign(document.createElement('span'), { className: 'detail', textContent: one.detail }));
    return item;
  }
  open(isOpen) { this.list.hidden = !isOpen; this.input.setAttribute('aria-expanded', String(isOpen)); }
  close() { this.open(false); this.active = -1; this.input.removeAttribute('aria-activedescendant'); }
  move(to) {
    const options = this.options;
    this.active = (to + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === this.active)));
    this.input.setAttribute('aria-activedescendant', options[this.active].id);
    options[this.active].scrollIntoView({ block: 'nearest' });
  }
  key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.isOpen) { if (this.input.value.trim().length >= SHORTEST) this.ask(); return; }
      this.move(this.active + (event.key === 'ArrowDown' ? 1 : this.active < 0 ? 0 : -1));
    } else if (event.key === 'Enter' && this.isOpen && this.active >= 0) { event.preventDefault(); this.choose(this.options[this.active]);
    } else if (event.key === 'Escape' && this.isOpen) { event.preventDefault(); event.stopPropagation(); this.close();
    } else if (event.key === 'Tab' && this.isOpen && this.active >= 0) this.choose(this.options[this.active]);
  }
  choose(option) {
    this.input.value = option.dataset.label;
    this.value.value = option.dataset.value;
    this.close();
    this.input.removeAttribute('aria-invalid');
    this.input.classList.remove('is-invalid');
    if (this.newHint) this.newHint.hidden = true;
    this.status.textContent = `${option.dataset.label}, choisi.`;
    this.tell();
  }
  tell() { this.value.dispatchEvent(new Event('change', { bubbles: true })); }
}

export function watchComboboxes(root) {
  for (const box of root.querySelectorAll('[data-combobox]:not([data-ready])')) { box.dataset.ready = ''; box.combobox = new Combobox(box); }
}
