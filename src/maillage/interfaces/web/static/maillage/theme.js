/* Runs before the first paint: the saved choice of theme, else the system's. */
(function () {
  var root = document.documentElement, saved = null;
  try { saved = localStorage.getItem('maillage-theme'); } catch (refused) { saved = null; }
  var system = window.matchMedia('(prefers-color-scheme: dark)');
  function apply() { root.dataset.bsTheme = saved || (system.matches ? 'dark' : 'light'); }
  root.classList.add('js');
  apply();
  system.addEventListener('change', function () { if (!saved) apply(); });
  window.maillageTheme = {
    switch: function () {
      saved = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
      try { localStorage.setItem('maillage-theme', saved); } catch (refused) { /* private window: the choice lasts for the page */ }
      apply();
      return saved;
    }
  };
})();
