// What a page of another origin does with a bucket, in Chromium. Arguments: the endpoint, a bucket, the
// domain of websites.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const puppeteer = require('puppeteer-core');
const s3 = require('@aws-sdk/client-s3');
const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
const { createPresignedPost } = require('@aws-sdk/s3-presigned-post');

const [endpoint, bucket, websites] = process.argv.slice(2);
const client = new s3.S3Client({ endpoint, forcePathStyle: true, region: 'us-east-1' });

// Two origins: one that the bucket allows, and one that it does not.
const server = http.createServer((request, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(request.url.startsWith('/form') ? form : '<!DOCTYPE html><title>page</title>');
});
let form = '';

const inPage = async (page, url, options) => page.evaluate(async (target, init) => {
  try {
    const answer = await fetch(target, init);
    return { status: answer.status, etag: answer.headers.get('etag'), text: await answer.text() };
  } catch (error) {
    return { error: error.name };
  }
}, url, options);

async function cors(browser, allowed, other) {
  await client.send(new s3.PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [{
    AllowedOrigins: [allowed], AllowedMethods: ['GET', 'PUT'], AllowedHeaders: ['content-type', 'x-amz-*'],
    ExposeHeaders: ['ETag'] }] } }));
  const upload = await getSignedUrl(client, new s3.PutObjectCommand({
    Bucket: bucket, Key: 'from a page', ContentType: 'text/plain', Metadata: { color: 'blue' } }));
  const download = await getSignedUrl(client, new s3.GetObjectCommand({ Bucket: bucket, Key: 'from a page' }));
  const missing = await getSignedUrl(client, new s3.GetObjectCommand({ Bucket: bucket, Key: 'none' }));
  const put = { method: 'PUT', body: 'hello', headers: { 'content-type': 'text/plain' } };

  const page = await browser.newPage();
  await page.goto(allowed);
  const stored = await inPage(page, upload, put);
  assert.equal(stored.status, 200, JSON.stringify(stored));
  assert.equal(stored.etag, '"5d41402abc4b2a76b9719d911017c592"');
  const read = await inPage(page, download, {});
  assert.deepEqual([read.status, read.text], [200, 'hello']);
  const error = await inPage(page, missing, {});
  assert.equal(error.status, 404, JSON.stringify(error));
  assert.match(error.text, /NoSuchKey/);
  const removal = await getSignedUrl(client, new s3.DeleteObjectCommand({ Bucket: bucket, Key: 'from a page' }));
  assert.equal((await inPage(page, removal, { method: 'DELETE' })).error, 'TypeError');

  await page.goto(other);
  assert.equal((await inPage(page, upload, { ...put, body: 'changed' })).error, 'TypeError');
  assert.equal((await inPage(page, download, {})).error, 'TypeError');
  await page.goto(allowed);
  assert.equal((await inPage(page, download, {})).text, 'hello');
}

async function post(browser, allowed) {
  const signed = await createPresignedPost(client, {
    Bucket: bucket, Key: 'posted/${filename}', Expires: 60,
    Fields: { success_action_redirect: `${allowed}/stored` },
    Conditions: [['content-length-range', 1, 1000]] });
  const quoted = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  form = `<!DOCTYPE html><meta charset="utf-8"><form method="post" enctype="multipart/form-data" action="${
    quoted(signed.url)}">${Object.entries(signed.fields).map(([name, value]) =>
    `<input type="hidden" name="${quoted(name)}" value="${quoted(value)}">`).join('')
  }<input type="file" name="file"><button>send</button></form>`;
  const file = path.resolve('a file ü.txt');
  fs.writeFileSync(file, 'by a form');
  const page = await browser.newPage();
  await page.goto(`${allowed}/form`);
  await (await page.$('input[type=file]')).uploadFile(file);
  await Promise.all([page.waitForNavigation(), page.click('button')]);
  const landed = new URL(page.url());
  assert.equal(landed.pathname, '/stored', page.url());
  assert.equal(landed.searchParams.get('key'), 'posted/a file ü.txt');
  const stored = await client.send(new s3.GetObjectCommand({ Bucket: bucket, Key: 'posted/a file ü.txt' }));
  assert.equal(await stored.Body.transformToString(), 'by a form');
}

async function website(browser) {
  await client.send(new s3.DeletePublicAccessBlockCommand({ Bucket: bucket }));
  await client.send(new s3.PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${bucket}/*` }, { Effect: 'Allow', Principal: '*', Action: 's3:ListBucket',
      Resource: `arn:aws:s3:::${bucket}` }] }) }));
  await client.send(new s3.PutBucketWebsiteCommand({ Bucket: bucket, WebsiteConfiguration: {
    IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'error.html' } } }));
  const put = (Key, Body) => client.send(new s3.PutObjectCommand({
    Bucket: bucket, Key, Body, ContentType: 'text/html' }));
  await put('index.html', '<title>welcome</title><script src="run.js"></script>');
  await put('docs/index.html', '<title>documents</title>');
  await put('error.html', '<title>lost</title>');
  await client.send(new s3.PutObjectCommand({
    Bucket: bucket, Key: 'run.js', Body: 'document.body.id = "ran"', ContentType: 'text/javascript' }));
  const site = `http://${bucket}.${websites}:${new URL(endpoint).port}`;
  const page = await browser.newPage();
  assert.equal((await page.goto(`${site}/`)).status(), 200);
  assert.equal(await page.title(), 'welcome');
  assert.equal((await page.goto(`${site}/docs`)).status(), 200);
  assert.deepEqual([await page.title(), page.url()], ['documents', `${site}/docs/`]);
  assert.equal((await page.goto(`${site}/none`)).status(), 404);
  assert.equal(await page.title(), 'lost');
}

(async () => {
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address();
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM, headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage', `--host-resolver-rules=MAP *.${websites} 127.0.0.1`],
    env: { ...process.env, HOME: process.cwd() },
  });
  try {
    await cors(browser, `http://127.0.0.1:${port}`, `http://localhost:${port}`);
    await post(browser, `http://127.0.0.1:${port}`);
    await website(browser);
  } finally {
    await browser.close();
  }
  console.log('done');
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
