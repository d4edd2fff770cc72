/* Progressive enhancement only: every page reads, prints and submits with this file absent. */
(function () {
  'use strict';
  var d = document, en = d.documentElement.lang.indexOf('en') === 0;
  function all(selector, root) { return [].slice.call((root || d).querySelectorAll(selector)); }
  function typing(el) { return /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) || el.isContentEditable; }
  d.documentElement.classList.add('js');

  // Keys: “/” search, “g” and a letter for a section, “?” the list. The letters can be switched off there.
  var pending = 0, keys = d.getElementById('keys'), letters = d.querySelector('[data-letters]');
  if (letters) {
    letters.checked = localStorage.getItem('letters') !== 'off';
    letters.addEventListener('change', function () { localStorage.setItem('letters', letters.checked ? 'on' : 'off'); });
  }
  d.addEventListener('keydown', function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
    var q = d.getElementById('q'), link = pending && Date.now() - pending < 1200 && /^[a-z]$/.test(e.key) && d.querySelector('[data-key="' + e.key + '"]');
    if (e.key === '?' && keys && keys.showModal) { e.preventDefault(); keys.showModal(); }
    else if (letters && !letters.checked) return;
    else if (e.key === '/' && q) { e.preventDefault(); q.focus(); }
    else if (link) location.href = link.href;
    pending = e.key === 'g' && !link ? Date.now() : 0;
  });

  // Parts that a refresh may have replaced: a scroller is a keyboard stop only while it overflows, and pointing
  // at a step of a network or Gantt chart dims whatever is not on its chain.
  function prepare(root) {
    all('.bd-scroll', root).forEach(function (s) {
      if (s.scrollWidth <= s.clientWidth || s.hasAttribute('tabindex')) return;
      var h = s.closest('section') && s.closest('section').querySelector('h2');
      s.tabIndex = 0; s.setAttribute('role', 'region');
      s.setAttribute('aria-label', (h ? h.textContent : en ? 'Table' : '表格') + (en ? ', scrolls sideways' : '，可左右滚动'));
    });
    all('[data-chain]', root).forEach(function (box) {
      var links = JSON.parse(box.getAttribute('data-chain'));
      function walk(no, way, seen) { (links[no] ? links[no][way] : []).forEach(function (m) { if (!seen[m]) { seen[m] = 1; walk(m, way, seen); } }); }
      all('[data-no]', box).forEach(function (step) {
        step.addEventListener('mouseenter', function () {
          var no = step.getAttribute('data-no'), seen = {}; seen[no] = 1; walk(no, 0, seen); walk(no, 1, seen);
          all('[data-no]', box).forEach(function (g) { g.classList.toggle('is-off', !seen[g.getAttribute('data-no')]); });
        });
        step.addEventListener('mouseleave', function () { all('.is-off', box).forEach(function (g) { g.classList.remove('is-off'); }); });
      });
    });
  }
  prepare(d);

  // form[data-preview=URL] posts there on change; each [data-swap] part with an id in the answer takes the place of
  // its namesake here. The page's own live region announces it, focus stays, a newer change overtakes an older.
  all('form[data-preview]').forEach(function (form) {
    var flight, timer;
    function part(id) { return d.getElementById(id); }
    function busy(on) { all('[data-swap]').forEach(function (p) { p.setAttribute('aria-busy', on); }); }
    function refresh() {
      if (flight) flight.abort();
      var mine = flight = new AbortController(), slow = setTimeout(function () { busy(true); }, 400);
      fetch(form.getAttribute('data-preview'), { method: 'POST', body: new FormData(form), signal: mine.signal, headers: { 'X-Requested-With': 'fetch' } })
        .then(function (r) { if (!r.ok && r.status !== 422) throw r; return r.text(); })
        .then(function (text) {
          var focused = d.activeElement && d.activeElement.id;
          all('[data-swap][id]', new DOMParser().parseFromString(text, 'text/html')).forEach(function (fresh) {
            if (part(fresh.id)) { part(fresh.id).innerHTML = fresh.innerHTML; prepare(part(fresh.id)); }
          });
          if (focused && d.activeElement.id !== focused && part(focused)) part(focused).focus();
          form.removeAttribute('data-failed');
        })
        .catch(function () { if (!mine.signal.aborted) form.setAttribute('data-failed', ''); })
        .then(function () { clearTimeout(slow); if (flight === mine) busy(false); });
    }
    form.addEventListener('input', function (e) { clearTimeout(timer); timer = setTimeout(refresh, typing(e.target) && !/checkbox|radio/.test(e.target.type) ? 500 : 0); });
  });

  // a[data-dialog]: the page it leads to holds one .bd-dlg; show that over this page. Escape gives focus back.
  d.addEventListener('click', function (e) {
    var a = e.target.closest && e.target.closest('a[data-dialog]');
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey || !window.HTMLDialogElement) return;
    e.preventDefault();
    fetch(a.href).then(function (r) { if (!r.ok) throw r; return r.text(); }).then(function (text) {
      var box = new DOMParser().parseFromString(text, 'text/html').querySelector('main .bd-dlg'), dialog = d.createElement('dialog');
      dialog.className = 'bd-dlg'; dialog.innerHTML = box.innerHTML; d.body.appendChild(dialog); prepare(dialog);
      all('[data-back]', dialog).forEach(function (b) { b.addEventListener('click', function (c) { c.preventDefault(); dialog.close(); }); });
      dialog.addEventListener('close', function () { dialog.remove(); a.focus(); });
      dialog.showModal();
    }).catch(function () { location.href = a.href; });
  });
  var back = d.querySelector('main [data-back]');
  if (back) d.addEventListener('keydown', function (e) { if (e.key === 'Escape' && !typing(e.target)) location.href = back.href; });

  // Small things: filters submit on change, copy buttons, print buttons, toasts leave after 6 s unless attended to.
  all('form[data-auto]').forEach(function (f) { f.addEventListener('change', function () { f.submit(); }); });
  all('[data-print]').forEach(function (b) { b.addEventListener('click', function (e) { e.preventDefault(); window.print(); }); });
  all('[data-copy]').forEach(function (b) {
    b.addEventListener('click', function () {
      var field = d.getElementById(b.getAttribute('data-copy')), text = b.textContent;
      field.select();
      if (navigator.clipboard) navigator.clipboard.writeText(field.value); else d.execCommand('copy');
      b.textContent = b.getAttribute('data-done'); setTimeout(function () { b.textContent = text; }, 1600);
    });
  });
  all('[data-toast]').forEach(function (t) { setTimeout(function leave() { if (t.matches(':hover, :focus-within')) setTimeout(leave, 2000); else t.remove(); }, 6000); });
  d.addEventListener('click', function (e) { all('details.bd-me[open]').forEach(function (m) { if (!m.contains(e.target)) m.open = false; }); });
}());
