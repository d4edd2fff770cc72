/* Progressive enhancement only: every page reads, prints and submits with this file absent. */
(function () {
  'use strict';
  var d = document, en = d.documentElement.lang === 'en';
  function all(selector, root) { return [].slice.call((root || d).querySelectorAll(selector)); }
  function on(selector, event, act, root) { all(selector, root).forEach(function (el) { el.addEventListener(event, function (e) { act(el, e); }); }); }
  function typing(el) { return /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) || el.isContentEditable; }
  function page(answer) { // what the server sent back; a form with mistakes in it (422) is a page like any other
    if (answer.ok || answer.status === 422) return answer.text().then(function (text) { return new DOMParser().parseFromString(text, 'text/html'); });
    throw answer;
  }
  d.documentElement.classList.add('js');

  // Keys: “/” search, “g” and a letter for a section, “?” the list of them, where the letters can be switched off.
  var since = 0, keys = d.getElementById('keys'), letters = d.querySelector('[data-letters]');
  if (letters) letters.checked = localStorage.getItem('letters') !== 'off';
  on('[data-letters]', 'change', function (box) { localStorage.setItem('letters', box.checked ? 'on' : 'off'); });
  d.addEventListener('keydown', function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
    var q = d.getElementById('q'), back = d.querySelector('main [data-back]'), soon = Date.now() - since < 1200;
    var link = soon && /^[a-z]$/.test(e.key) && d.querySelector('[data-key="' + e.key + '"]');
    since = e.key === 'g' && !soon ? Date.now() : 0;
    if (e.key === 'Escape' && back && !d.querySelector('dialog[open]')) location.href = back.href;
    else if (e.key === '?' && keys && keys.showModal) keys.showModal();
    else if (letters && !letters.checked) return;
    else if (e.key === '/' && q) { e.preventDefault(); q.focus(); }
    else if (/^[jkx]$/.test(e.key)) walk(e.key);
    else if (link) location.href = link.href;
  });

  // Lines of the day: “j” and “k” to the next and the one before, “x” ticks it, Enter opens it.
  function walk(key) {
    var lines = all('[data-line]').filter(function (l) { return l.offsetParent; }), at = lines.indexOf(d.querySelector('[data-line].is-on'));
    if (key === 'x' && at >= 0) return lines[at].querySelector('.bd-tick').click();
    var next = key === 'x' ? null : lines[Math.max(0, Math.min(lines.length - 1, key === 'j' ? at + 1 : at - 1))];
    if (next) { lines.forEach(function (l) { l.classList.toggle('is-on', l === next); }); (next.querySelector('h3 a') || next.querySelector('.bd-tick')).focus(); }
  }

  // A refresh may bring these anew: scrollers, keyboard stops only while they overflow; charts that dim all but a chain.
  function prepare(root) {
    all('.bd-scroll', root).forEach(function (s) {
      if (s.scrollWidth <= s.clientWidth || s.hasAttribute('tabindex')) return;
      var p = s.previousElementSibling, h = p && p.tagName === 'H3' ? p : (s.closest('section') || s).querySelector('h2');
      s.tabIndex = 0; s.setAttribute('role', 'region'); s.setAttribute('aria-label', (h ? h.textContent : en ? 'Table' : '表格') + (en ? ', scrolls sideways' : '，可左右滚动'));
    });
    all('[data-chain]', root).forEach(function (chart) {
      var links = JSON.parse(chart.getAttribute('data-chain'));
      function walk(no, way, seen) { (links[no] ? links[no][way] : []).forEach(function (m) { if (!seen[m]) { seen[m] = 1; walk(m, way, seen); } }); return seen; }
      function dim(seen) { all('[data-no]', chart).forEach(function (g) { g.classList.toggle('is-off', !!seen && !seen[g.getAttribute('data-no')]); }); }
      on('[data-no]', 'mouseenter', function (g) { var no = g.getAttribute('data-no'), seen = {}; seen[no] = 1; dim(walk(no, 1, walk(no, 0, seen))); }, chart);
      on('[data-no]', 'mouseleave', function () { dim(null); }, chart);
    });
  }
  prepare(d);

  // form[data-preview=URL] posts there on change; each [data-swap] part of the answer replaces its namesake here.
  all('form[data-preview]').forEach(function (form) {
    var flight, timer;
    function refresh() {
      if (flight) flight.abort();
      var mine = flight = new AbortController(), slow = setTimeout(function () { busy(true); }, 400), focused = d.activeElement.id;
      function busy(is) { all('[data-swap]').forEach(function (part) { part.setAttribute('aria-busy', is); }); }
      fetch(form.getAttribute('data-preview'), { method: 'POST', body: new FormData(form), signal: mine.signal, headers: { 'X-Requested-With': 'fetch' } }).then(page).then(function (fresh) {
        all('[data-swap][id]', fresh).forEach(function (its) { var part = d.getElementById(its.id); if (part) { part.innerHTML = its.innerHTML; prepare(part); } });
        if (focused && d.activeElement === d.body && d.getElementById(focused)) d.getElementById(focused).focus();
        form.classList.remove('is-stale');
      }).catch(function () { if (!mine.signal.aborted) form.classList.add('is-stale'); }).then(function () { clearTimeout(slow); if (flight === mine) busy(false); });
    }
    form.addEventListener('input', function (e) { clearTimeout(timer); timer = setTimeout(refresh, /^(checkbox|radio|select-one)$/.test(e.target.type) ? 0 : 500); });
    // What was typed before this script ran, or came back with the page, is previewed too.
    if (Array.prototype.some.call(form.elements, function (f) { return /^(checkbox|radio)$/.test(f.type) ? f.checked !== f.defaultChecked : 'defaultValue' in f && f.value !== f.defaultValue; })) refresh();
  });
  // a[data-dialog]: its page holds one .bd-dlg; show that over this page. Escape closes it and gives focus back.
  on('a[data-dialog]', 'click', function (a, e) {
    if (e.ctrlKey || e.metaKey || e.shiftKey || !window.HTMLDialogElement) return; else e.preventDefault();
    fetch(a.href).then(page).then(function (fresh) {
      var dialog = d.body.appendChild(d.createElement('dialog'));
      dialog.className = 'bd-dlg'; dialog.innerHTML = fresh.querySelector('main .bd-dlg').innerHTML; prepare(dialog);
      on('[data-back]', 'click', function (back, c) { c.preventDefault(); dialog.close(); }, dialog);
      dialog.addEventListener('close', function () { dialog.remove(); a.focus(); }); dialog.showModal();
    }).catch(function () { location.href = a.href; });
  });
  // [data-poll=seconds]: the page is asked again, each [data-now] brought up to date; once that part has gone, it is loaded anew.
  (function poll(part) {
    if (part) setTimeout(function () { fetch(location.href).then(page).then(function (fresh) {
      if (!fresh.getElementById(part.id)) location.reload();
      else all('[data-now]', fresh).forEach(function (its) { var mine = d.querySelector('[data-now="' + its.getAttribute('data-now') + '"]'), what = its.tagName === 'PROGRESS' ? 'value' : 'textContent'; if (mine && mine[what] !== its[what]) mine[what] = its[what]; });
    }).catch(function () {}).then(function () { poll(part); }); }, 1000 * part.getAttribute('data-poll'));
  }(d.querySelector('[data-poll][id]')));
  // Filters submit on change; copy and print buttons; a toast leaves after 6 s unless attended to; menus close.
  on('form[data-auto]', 'change', function (form) { form.submit(); });
  on('[data-print]', 'click', function (b, e) { e.preventDefault(); window.print(); });
  on('[data-copy]', 'click', function (b) { var f = d.getElementById(b.getAttribute('data-copy')); f.select(); if (navigator.clipboard) navigator.clipboard.writeText(f.value); else d.execCommand('copy'); b.textContent = b.getAttribute('data-done'); });
  all('[data-toast]').forEach(function (t) { setTimeout(function leave() { if (t.matches(':hover, :focus-within')) setTimeout(leave, 2000); else t.remove(); }, 6000); });
  d.addEventListener('click', function (e) { all('details.bd-me[open]').forEach(function (m) { if (!m.contains(e.target)) m.open = false; }); });
  // The menu shows where one is: it scrolls in itself, never the page.
  all('.bd-side [aria-current]').forEach(function (a) {
    var nav = a.closest('nav'), side = a.closest('.bd-side');
    nav.scrollTop = a.offsetTop - (nav.clientHeight - a.offsetHeight) / 2;
    side.scrollLeft = a.offsetLeft - (side.clientWidth - a.offsetWidth) / 2;
  });
}());
