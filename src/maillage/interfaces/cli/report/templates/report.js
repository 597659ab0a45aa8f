"use strict";
(function () {
  const form = document.querySelector(".filters");
  const rows = Array.from(document.querySelectorAll("#rows > tr"));
  if (!form || rows.length === 0) return;
  const words = document.getElementById("f-words");
  const fit = document.getElementById("f-fit");
  const count = document.getElementById("f-count");
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/’/g, "'");
  const said = (count) => count.toLocaleString("fr-FR");
  const texts = new Map();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, fold(row.cells[0].textContent + " " + row.querySelector("ol").textContent));
    return texts.get(row);
  };
  const apply = () => {
    const asked = fold(words.value.trim()).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const keep = (!fit.value || row.dataset.f === fit.value) && asked.every((word) => textOf(row).includes(word));
      row.hidden = !keep;
      if (keep) shown += 1;
    }
    count.textContent = shown === rows.length ? said(shown) + "\u00a0besoins" : said(shown) + " sur " + said(rows.length);
  };
  let later = 0;
  words.addEventListener("input", () => { clearTimeout(later); later = setTimeout(apply, 150); });
  fit.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
