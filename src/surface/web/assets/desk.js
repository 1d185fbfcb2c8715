// What a page of the desk does besides links and forms: marks and cards that find each other, filters, copies, dropped
// files. Everything that it shows was made by the server; it puts no words of an article into a page.
'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('has-js');
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);
  const say = (words) => {
    const status = document.querySelector('[data-status]');
    if (status) { status.textContent = ''; setTimeout(() => { status.textContent = words; }, 50); }
  };

  // One claim is chosen at a time: its marks and its card.
  const choose = (id) => {
    all('.on').forEach((one) => one.classList.remove('on'));
    all('.mark[data-claim="' + CSS.escape(id) + '"]').forEach((one) => one.classList.add('on'));
    const card = byId(id);
    if (card) card.classList.add('on');
    return card;
  };
  const toCard = (id) => {
    const card = choose(id);
    if (!card) return false;
    card.hidden = false;
    const details = card.querySelector('details');
    if (details) details.open = true;
    history.replaceState(null, '', '#' + id);
    card.scrollIntoView({ block: 'nearest' });
    const summary = card.querySelector('summary');
    if (summary) summary.focus({ preventScroll: true });
    return true;
  };
  const toText = (id) => {
    choose(id);
    const mark = byId('t-' + id);
    if (!mark) return false;
    mark.scrollIntoView({ block: 'center' });
    mark.focus({ preventScroll: true });
    return true;
  };
  document.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest('a[data-claim], a[data-to-text]');
    if (link) {
      const found = link.dataset.toText ? toText(link.dataset.toText) : toCard(link.dataset.claim);
      if (found) event.preventDefault();
      return;
    }
    // What is selected in the text goes along to the form for a figure that was not read.
    const add = event.target.closest('a[data-add]');
    if (add) {
      const chosen = document.getSelection();
      const text = document.querySelector('article.text');
      const words = chosen && text && text.contains(chosen.anchorNode) ? chosen.toString().trim() : '';
      if (words) {
        event.preventDefault();
        location.assign(add.getAttribute('href') + '?q=' + encodeURIComponent(words.slice(0, 200)));
      }
      return;
    }
    const copy = event.target.closest('button[data-copy]');
    if (copy) {
      const status = document.querySelector('[data-status]');
      const done = () => {
        say(status ? status.dataset.copied : '');
        const before = copy.textContent;
        copy.textContent = '✓ ' + before;
        setTimeout(() => { copy.textContent = before; }, 1500);
      };
      navigator.clipboard.writeText(copy.dataset.copy).then(done, () => window.prompt('', copy.dataset.copy));
    }
  });
  const hash = decodeURIComponent(location.hash.slice(1));
  if (hash.startsWith('c-') && byId(hash)) {
    toCard(hash);
    const mark = byId('t-' + hash);
    if (mark) mark.scrollIntoView({ block: 'center' });
  } else if (hash.startsWith('t-c-')) choose(hash.slice(2));

  // Filters hide cards and checks, and take the colour from marks; the text stays whole.
  const filters = document.querySelector('[data-filters]');
  if (filters) {
    const cards = all('.card');
    const apply = () => {
      const { kind, entity, verdict } = Object.fromEntries(new FormData(filters));
      const shown = new Set();
      cards.forEach((card) => {
        const fits = (!kind || card.dataset.kind === kind) && (!entity || card.dataset.entity === entity)
          && (!verdict || card.dataset.verdict === verdict);
        card.hidden = !fits;
        if (fits) shown.add(card.id);
      });
      all('.text .mark').forEach((mark) => mark.classList.toggle('off', !shown.has(mark.dataset.claim)));
      all('.check').forEach((check) => {
        check.hidden = !check.dataset.claims.split(' ').some((id) => shown.has(id)) || (verdict && check.dataset.verdict !== verdict);
      });
      document.querySelector('[data-empty]').hidden = shown.size > 0;
      document.querySelector('[data-count]').textContent = shown.size;
      say(document.querySelector('[data-shown]').textContent);
    };
    filters.hidden = false;
    filters.addEventListener('change', apply);
    filters.addEventListener('submit', (event) => event.preventDefault());
    filters.addEventListener('reset', () => setTimeout(apply, 0));
  }

  // A file that is dropped is a file that is chosen.
  const drop = document.querySelector('[data-drop]');
  if (drop) {
    const input = drop.querySelector('input[type=file]');
    const over = (on) => (event) => {
      if (!event.dataTransfer || !Array.from(event.dataTransfer.types).includes('Files')) return;
      event.preventDefault();
      drop.classList.toggle('over', on);
    };
    drop.addEventListener('dragover', over(true));
    drop.addEventListener('dragleave', over(false));
    drop.addEventListener('drop', (event) => {
      over(false)(event);
      if (event.dataTransfer && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        drop.requestSubmit();
      }
    });
  }
})();
