// Keys and small comforts. Every one of them has a visible button or link: without scripts nothing is lost.
const typing = (target) => target.closest('input, select, textarea, [contenteditable]');
const rows = () => [...document.querySelectorAll('.row')];
const at = () => rows().findIndex((row) => row.contains(document.activeElement));

function go(step) {
  const all = rows();
  const next = all[Math.max(0, Math.min(all.length - 1, at() + step))];
  next?.querySelector('.what a')?.focus();
}

const onRow = {
  j: () => go(1),
  k: () => go(at() < 0 ? 1 : -1),
  x: () => rows()[at()]?.querySelector('[name=task]')?.click(),
  n: () => rows()[at()]?.querySelector('[data-claim]')?.click()
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (named && (event.key.length > 1 || !typing(event.target))) {
    event.preventDefault();
    return named.matches('input, select, textarea') ? named.focus() : named.click();
  }
  if (event.key.length === 1 && !typing(event.target) && rows().length) onRow[event.key.toLowerCase()]?.();
});

// After a refused post the summary says what to mend, so it is read first.
document.querySelector('.errors')?.focus();

// A second press of the same button would be a second act. Coming back to the page gives the buttons back.
const sent = new Set();
document.addEventListener('submit', (event) => {
  if (event.defaultPrevented) return;
  setTimeout(() => event.target.querySelectorAll('button:enabled').forEach((button) => { button.disabled = true; sent.add(button); }));
});
addEventListener('pageshow', () => { sent.forEach((button) => { button.disabled = false; }); sent.clear(); });

// A form that is drawn again while somebody goes on typing: what was typed since the request left is put back.
const controls = (form) => [...form.querySelectorAll('input:not([type=hidden], [type=file]), select, textarea')].filter((each) => each.name);
const ticked = (each) => each.type === 'checkbox' || each.type === 'radio';
const held = (each) => (ticked(each) ? each.checked : each.value);
const known = (each) => `${each.name} ${ticked(each) ? each.value : ''}`;
const uploads = (form) => [...form.querySelectorAll('input[type=file]')].filter((each) => each.name);
const left = new WeakMap();

document.addEventListener('htmx:before:request', ({ target, detail }) => {
  const form = target.closest('form');
  if (!form) return;
  const answers = new Map(controls(form).map((each) => [known(each), held(each)]));
  left.set(detail.ctx, { answers, sent: new Set(uploads(form).flatMap((each) => [...each.files])) });
});

document.addEventListener('htmx:before:swap', ({ target, detail }) => {
  const form = target.closest('form');
  const then = left.get(detail.ctx);
  if (!form || !then) return;
  const typed = controls(form).filter((each) => held(each) !== then.answers.get(known(each))).map((each) => [known(each), held(each)]);
  const chosen = uploads(form).filter((each) => [...each.files].some((file) => !then.sent.has(file))).map((each) => [each.name, each.files]);
  if (typed.length || chosen.length) setTimeout(() => { chooseAgain(form, new Map(chosen)); putBack(form, new Map(typed)); });
});

function chooseAgain(form, chosen) {
  uploads(form).filter((each) => chosen.has(each.name)).forEach((each) => { each.files = chosen.get(each.name); });
}

function putBack(form, typed) {
  controls(form).filter((each) => typed.has(known(each)) && held(each) !== typed.get(known(each))).forEach((each) => {
    if (ticked(each)) each.checked = typed.get(known(each)); else each.value = typed.get(known(each));
    if (each.closest('[hx-post]')?.matches('input, select, textarea')) each.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

// A form that keeps itself: a moment after the last change its answers, files apart, are sent as a draft.
document.querySelectorAll('form[data-autosave]').forEach((form) => {
  let waiting;
  const keep = async () => {
    const answers = new FormData(form);
    const files = new Set([...answers].filter(([, value]) => value instanceof File).map(([name]) => name));
    files.forEach((name) => {
      answers.delete(name);
      form.querySelectorAll(`input[type=hidden][name="${CSS.escape(name)}"]`).forEach((kept) => answers.append(name, kept.value));
    });
    answers.append('act', 'autosave');
    const answer = await fetch(form.action, { method: 'POST', body: answers }).catch(() => null);
    if (answer?.ok) form.querySelector('[data-saved]').textContent = await answer.text();
  };
  form.addEventListener('change', () => { clearTimeout(waiting); waiting = setTimeout(keep, 1500); });
  form.addEventListener('submit', () => clearTimeout(waiting));
});

// A point on the map is typed, or taken from where the browser says it is; no map is fetched from anywhere.
const showHere = () => document.querySelectorAll('[data-here][hidden]').forEach((button) => { button.hidden = !navigator.geolocation; });
showHere();
document.addEventListener('htmx:after:swap', showHere);
document.addEventListener('click', ({ target }) => {
  const place = target.closest('[data-here]')?.closest('.map-point');
  if (!place) return;
  const said = place.querySelector('[data-here-said]');
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    [coords.latitude, coords.longitude].forEach((degrees, at) => {
      const input = place.querySelectorAll('input[type=text]')[at];
      if (!input) return;
      input.value = degrees.toFixed(6).replace('.', ',');
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    said.textContent = `± ${Math.round(coords.accuracy)} m`;
  }, () => { said.textContent = said.dataset.denied; }, { enableHighAccuracy: true, timeout: 15000 });
});

// The list of the desk is asked for again while the page is in sight; as long as nothing moved the answer is empty.
// What somebody has ticked or is typing is left alone until they are done.
document.querySelectorAll('[data-refresh]').forEach((link) => {
  let mark = '';
  const parts = ['#rows', '.tally', '.tabs.v'];
  const busy = () => document.hidden || document.querySelector('#rows :checked') || typing(document.activeElement || document.body);
  const look = async () => {
    if (busy()) return;
    const answer = await fetch(location.href, { headers: mark ? { 'If-None-Match': mark } : {}, cache: 'no-store' }).catch(() => null);
    if (answer?.status !== 200 || answer.redirected) return;
    const first = !mark;
    mark = answer.headers.get('ETag') || '';
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (first && fresh.querySelector('#rows')?.textContent === document.querySelector('#rows')?.textContent) return;
    if (busy()) { mark = ''; return; }
    const on = document.activeElement?.getAttribute('href');
    parts.forEach((part) => {
      const [was, is] = [document.querySelector(part), fresh.querySelector(part)];
      if (was && is) was.replaceWith(document.adoptNode(is));
    });
    if (on) document.querySelector(`#rows a[href="${CSS.escape(on)}"]`)?.focus();
  };
  setInterval(look, Number(link.dataset.refresh) * 1000);
});
