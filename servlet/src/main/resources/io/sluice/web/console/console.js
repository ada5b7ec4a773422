// Shows what the administrators' interface tells. Keys are in a variable of this closure and nowhere
// else; all that comes from the gateway is written as text.
(() => {
  'use strict';

  const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  const base = location.pathname.replace(/\/-\/console\/.*$/, '');
  const byId = (id) => document.getElementById(id);
  const bytes = (text) => new TextEncoder().encode(text);
  const hex = (buffer) =>
    Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');

  let keys = null;
  let skewMillis = 0;

  function say(text) {
    byId('message').textContent = text;
  }

  // --- Signature Version 4 ---

  async function hmac(key, text) {
    const imported = await crypto.subtle.importKey(
      'raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return crypto.subtle.sign('HMAC', imported, bytes(text));
  }

  async function signed(path) {
    const time = new Date(Date.now() + skewMillis).toISOString().replace(/[-:]|\.\d+/g, '');
    const headers = {
      host: location.host,
      'x-amz-content-sha256': EMPTY_SHA256,
      'x-amz-date': time,
    };
    if (keys.token) {
      headers['x-amz-security-token'] = keys.token;
    }
    const names = Object.keys(headers).sort();
    const canonical = [
      'GET', path, '', ...names.map((name) => name + ':' + headers[name]), '', names.join(';'),
      EMPTY_SHA256,
    ].join('\n');
    const scope = [time.slice(0, 8), keys.region, 's3', 'aws4_request'];
    const digest = hex(await crypto.subtle.digest('SHA-256', bytes(canonical)));
    const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), digest].join('\n');
    let key = bytes('AWS4' + keys.secret);
    for (const part of scope) {
      key = await hmac(key, part);
    }
    const signature = hex(await hmac(key, toSign));
    headers.authorization = 'AWS4-HMAC-SHA256 Credential=' + keys.access + '/' + scope.join('/') +
      ', SignedHeaders=' + names.join(';') + ', Signature=' + signature;
    delete headers.host; // The browser's own.
    return headers;
  }

  async function ask(resource) {
    const path = base + '/-/admin/v1/' + resource;
    const answer = await fetch(path, {
      headers: await signed(path), cache: 'no-store', credentials: 'omit', redirect: 'error',
    });
    const value = await answer.json();
    if (!answer.ok) {
      throw new Error(value.code + ': ' + value.message);
    }
    return value;
  }

  // --- Showing ---

  function cell(row, name, value) {
    const made = document.createElement(name);
    if (typeof value === 'number') {
      made.className = 'number';
      made.textContent = value.toLocaleString('en');
    } else {
      made.textContent = value === undefined || value === null ? '' : String(value);
    }
    row.append(made);
    return made;
  }

  function table(place, heads, rows) {
    const made = document.createElement('table');
    const head = made.createTHead().insertRow();
    heads.forEach((text) => cell(head, 'th', text));
    const body = made.createTBody();
    rows.forEach((values) => {
      const row = body.insertRow();
      values.forEach((value) => cell(row, 'td', value));
    });
    place.replaceChildren(rows.length ? made : 'none');
  }

  function size(count) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
    let unit = 0;
    while (count >= 1024 && unit < units.length - 1) {
      count /= 1024;
      unit++;
    }
    return (unit ? count.toFixed(2) : count) + ' ' + units[unit];
  }

  const pairs = (map) => Object.entries(map).map(([name, value]) => name + '=' + value).join('\n');

  const views = {
    buckets: ({ buckets }, place) => table(
      place, ['bucket', 'provider', 'owner', 'objects', 'bytes', 'parts', 'properties'],
      buckets.map((b) => [
        b.name, b.provider, b.ownerAccount, b.usage && b.usage.objects,
        b.usage && size(b.usage.bytes), b.usage && b.usage.parts, pairs(b.properties),
      ])),
    jobs: ({ jobs }, place) => table(
      place, ['job', 'kind', 'state', 'from', 'to', 'result'],
      jobs.map((j) => [
        j.id, j.kind, j.state.toLowerCase(), j.createdAt, j.endedAt, j.error || pairs(j.result),
      ])),
    cluster: ({ checksumType, known }, place) => table(
      place, ['name', 'value', ''],
      [['checksum.type', checksumType, 'of new buckets'],
        ...known.map((f) => [f.name, f.on ? 'on' : 'off', f.description])]),
    config: ({ settings }, place) => table(
      place, ['setting', 'value', 'from'],
      settings.map((s) => [s.name, s.value, s.place || s.source])),
  };

  async function show(name) {
    const place = byId(name);
    try {
      views[name](await ask(name), place);
      return true;
    } catch (e) {
      place.textContent = e.message;
      return false;
    }
  }

  async function health() {
    const answer = await fetch(base + '/-/health/ready', { cache: 'no-store' });
    const date = Date.parse(answer.headers.get('date'));
    skewMillis = Number.isNaN(date) ? 0 : date - Date.now();
    const place = byId('health');
    place.textContent = answer.ok ? 'ready' : (await answer.text()).trim();
    place.className = answer.ok ? 'fine' : 'wrong';
  }

  async function container() {
    const place = byId('container');
    const answer = await fetch(base + '/-/health/self-test', {
      headers: { accept: 'application/json' }, cache: 'no-store',
    });
    if (!answer.ok) {
      place.textContent = 'The self-test is shown on the gateway\'s own machine alone.';
      return;
    }
    const report = await answer.json();
    if (report.ok) {
      place.textContent = report.container + ' lets everything through.';
      return;
    }
    table(place, ['gets in the way of', 'because', 'change'],
      report.settings.filter((s) => !s.ok).map((s) => [s.matter, s.fault, s.change]));
  }

  async function look() {
    say('');
    await health();
    const seen = await show('buckets');
    await Promise.all([...['jobs', 'cluster', 'config'].map(show), container()]);
    return seen;
  }

  function guarded(act) {
    return (event) => {
      event.preventDefault();
      act().catch((e) => say(e.message));
    };
  }

  function signedIn(yes) {
    byId('keys').hidden = yes;
    for (const id of ['views', 'refresh', 'leave']) {
      byId(id).hidden = !yes;
    }
  }

  byId('keys').addEventListener('submit', guarded(async () => {
    keys = {
      access: byId('access').value.trim(),
      secret: byId('secret').value.trim(),
      token: byId('token').value.trim(),
      region: byId('region').value.trim(),
    };
    byId('secret').value = '';
    byId('token').value = '';
    signedIn(await look());
    if (byId('views').hidden) {
      say(byId('buckets').textContent);
      keys = null;
    }
  }));
  byId('refresh').addEventListener('click', guarded(look));
  byId('leave').addEventListener('click', guarded(async () => {
    keys = null;
    Object.keys(views).concat('container').forEach((id) => byId(id).replaceChildren());
    signedIn(false);
  }));

  if (window.opener || window.parent !== window) {
    // Objects may be pages of this origin; one that opened this page could read what is typed here.
    byId('keys').remove();
    say('Another page opened this one. Close it, and type its address.');
  } else if (!crypto.subtle) {
    byId('keys').remove();
    say('Browsers sign over HTTPS, or on the gateway\'s own machine, alone.');
  } else {
    health().catch((e) => say(e.message));
  }
})();
