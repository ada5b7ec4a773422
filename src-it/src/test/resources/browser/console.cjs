// The console in Chromium. Arguments: the gateway's address, a bucket that it has, a line of keys for
// an administrator and one for a user.
'use strict';
const assert = require('node:assert/strict');
const puppeteer = require('puppeteer-core');

const [root, bucket, administrator, user] = process.argv.slice(2);

async function signIn(page, keys) {
  const [access, secret] = keys.split(' ');
  await page.goto(`${root}/-/console/`);
  await page.type('#access', access);
  await page.type('#secret', secret);
  await page.click('#keys button');
  await page.waitForFunction(
    () => !document.getElementById('views').hidden || document.getElementById('message').textContent);
  await page.waitForNetworkIdle();
  return (id) => page.$eval(`#${id}`, (element) => element.textContent);
}

async function seen(page) {
  const text = await signIn(page, administrator);
  assert.equal(await text('message'), '');
  assert.equal(await text('health'), 'ready');
  const row = await page.$$eval('#buckets tbody tr', (rows, name) =>
    rows.map((r) => Array.from(r.cells, (c) => c.textContent)).find((cells) => cells[0] === name), bucket);
  assert.deepEqual([row[1], ...row.slice(3, 5), row[6]], ['ais', '2', '9 B', 'checksum.type=md5\nversioning.enabled=false']);
  assert.match(await text('cluster'), /S3-API-via-Root/);
  assert.match(await text('config'), /metrics\.token\(hidden\)/);
  assert.equal(await text('jobs'), 'none');
  const kept = await page.evaluate(() => [
    document.getElementById('secret').value, document.cookie, localStorage.length, sessionStorage.length]);
  assert.deepEqual(kept, ['', '', 0, 0]);
  await page.click('#leave');
  assert.equal(await text('buckets'), '');
  assert.equal(await page.$eval('#keys', (form) => form.hidden), false);
}

async function refused(page) {
  let text = await signIn(page, `${administrator.split(' ')[0]} wrong`);
  assert.match(await text('message'), /SignatureDoesNotMatch/);
  assert.equal(await page.$eval('#views', (views) => views.hidden), true);
  text = await signIn(page, user);
  assert.equal(await text('buckets'), 'none');
  assert.match(await text('config'), /AccessDenied/);
}

// An object may be a page of the same origin.
async function opened(browser) {
  const page = await browser.newPage();
  await page.goto(`${root}/-/health/live`);
  const reached = await page.evaluate(async () => {
    const other = window.open('/-/console/');
    await new Promise((resolve) => { setTimeout(resolve, 1500); });
    try {
      return Boolean(other.document.getElementById('secret'));
    } catch (error) {
      return error.name;
    }
  });
  assert.notEqual(reached, true);
  const framed = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = '/-/console/';
    document.body.append(frame);
    await new Promise((resolve) => { frame.onload = resolve; });
    return Boolean(frame.contentDocument && frame.contentDocument.getElementById('secret'));
  });
  assert.equal(framed, false);
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM, headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    env: { ...process.env, HOME: process.cwd() },
  });
  const complaints = [];
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (line) => {
      if (/Content Security Policy/.test(line.text())) {
        complaints.push(line.text());
      }
    });
    await seen(page);
    await refused(page);
    await opened(browser);
  } finally {
    await browser.close();
  }
  assert.deepEqual(complaints, []);
  console.log('done');
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
