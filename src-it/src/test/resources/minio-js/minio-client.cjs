// What applications do with MinIO's client for JavaScript. Arguments: host:port, a new bucket.
'use strict';
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const fs = require('node:fs');
const { Readable } = require('node:stream');
const Minio = require('minio');

const [authority, bucket] = process.argv.slice(2);
const [endPoint, port] = authority.split(':');
const client = new Minio.Client({
  endPoint, port: Number(port), useSSL: false,
  accessKey: process.env.AWS_ACCESS_KEY_ID, secretKey: process.env.AWS_SECRET_ACCESS_KEY,
});
const part = 5 << 20;

const code = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error.code;
  }
  return 'none';
};
const collect = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};
const read = async (stream) => Buffer.concat(await collect(stream));
const get = async (key, options) => read(await client.getObject(bucket, key, options));
const text = async (key, options) => (await get(key, options)).toString();

async function buckets() {
  await client.makeBucket(bucket, '');
  assert.equal(await client.bucketExists(bucket), true);
  assert.equal(await client.bucketExists(`${bucket}-none`), false);
  assert.ok((await client.listBuckets()).some((one) => one.name === bucket));
  assert.equal(await code(client.removeBucket(`${bucket}-none`)), 'NoSuchBucket');
  assert.ok(['none', 'BucketAlreadyOwnedByYou'].includes(await code(client.makeBucket(bucket, 'us-east-1'))));
}

async function objects() {
  const info = await client.putObject(bucket, 'a b/ü+%.txt', 'hello', 5, {
    'Content-Type': 'text/plain', 'X-Amz-Meta-Color': 'blue', plain: '1',
  });
  assert.equal(info.etag, '5d41402abc4b2a76b9719d911017c592');
  const stat = await client.statObject(bucket, 'a b/ü+%.txt');
  assert.equal(stat.size, 5);
  assert.equal(stat.metaData['content-type'], 'text/plain');
  assert.equal(stat.metaData.color, 'blue');
  assert.equal(stat.metaData.plain, '1');
  assert.equal(await text('a b/ü+%.txt'), 'hello');
  assert.equal((await read(await client.getPartialObject(bucket, 'a b/ü+%.txt', 1, 2))).toString(), 'el');
  assert.equal((await read(await client.getPartialObject(bucket, 'a b/ü+%.txt', 3))).toString(), 'lo');
  assert.equal(await code(client.statObject(bucket, 'none')), 'NotFound');
  assert.equal(await code(client.getObject(bucket, 'none')), 'NoSuchKey');

  const big = crypto.randomBytes(2 * part + 77);
  await client.putObject(bucket, 'buffer', big);
  await client.putObject(bucket, 'stream', Readable.from([big.subarray(0, 99), big.subarray(99)]));
  const small = new Minio.Client({ ...{
    endPoint, port: Number(port), useSSL: false, partSize: part,
    accessKey: process.env.AWS_ACCESS_KEY_ID, secretKey: process.env.AWS_SECRET_ACCESS_KEY } });
  await small.putObject(bucket, 'parts', Readable.from([big]), big.length);
  fs.writeFileSync('file', big);
  await small.fPutObject(bucket, 'file', 'file', { 'Content-Type': 'application/x' });
  for (const key of ['buffer', 'stream', 'parts', 'file']) {
    assert.ok((await get(key)).equals(big), key);
  }
  await client.fGetObject(bucket, 'file', 'back');
  assert.ok(fs.readFileSync('back').equals(big));

  // The client leaves a plus in a source's name as it is, which S3 takes for a space.
  await client.putObject(bucket, 'a b/ü%.txt', 'hello');
  await client.copyObject(bucket, 'copy', `/${bucket}/a b/ü%.txt`);
  assert.equal(await text('copy'), 'hello');
  await client.copyObject(
    new Minio.CopySourceOptions({ Bucket: bucket, Object: 'a b/ü%.txt' }),
    new Minio.CopyDestinationOptions({
      Bucket: bucket, Object: 'copy', UserMetadata: { new: '1' }, MetadataDirective: 'REPLACE',
    }));
  assert.equal((await client.statObject(bucket, 'copy')).metaData.new, '1');
  const conditions = new Minio.CopyConditions();
  conditions.setMatchETag('no');
  assert.equal(await code(client.copyObject(bucket, 'x', `/${bucket}/copy`, conditions)), 'PreconditionFailed');
  await client.composeObject(
    new Minio.CopyDestinationOptions({ Bucket: bucket, Object: 'composed' }),
    ['parts', 'copy'].map((Object) => new Minio.CopySourceOptions({ Bucket: bucket, Object })));
  assert.ok((await get('composed')).equals(Buffer.concat([big, Buffer.from('hello')])));

  const id = await client.initiateNewMultipartUpload(bucket, 'left', {});
  const incomplete = await collect(client.listIncompleteUploads(bucket, 'left', true));
  assert.deepEqual(incomplete.map((upload) => [upload.key, upload.uploadId]), [['left', id]]);
  await client.removeIncompleteUpload(bucket, 'left');
  assert.equal((await collect(client.listIncompleteUploads(bucket, 'left', true))).length, 0);
}

async function listings() {
  const all = ['l/1', 'l/2/x', 'l/2/y', 'l/3', 'l/ä +%'];
  for (const key of all) await client.putObject(bucket, key, 'x');
  const level = ['l/1', 'l/2/', 'l/3', 'l/ä +%'];
  const names = async (stream) => (await collect(stream)).map((one) => one.name ?? one.prefix).sort();
  assert.deepEqual(await names(client.listObjects(bucket, 'l/')), level);
  assert.deepEqual(await names(client.listObjects(bucket, 'l/', true)), all);
  assert.deepEqual(await names(client.listObjectsV2(bucket, 'l/')), level);
  assert.deepEqual(await names(client.listObjectsV2(bucket, 'l/', true, 'l/2/y')), all.slice(3));
  assert.deepEqual(await names(client.listObjectsV2(bucket, 'none/', true)), []);
  await client.removeObjects(bucket, all);
  assert.deepEqual(await names(client.listObjects(bucket, 'l/', true)), []);
  await client.removeObject(bucket, 'none');
}

async function presigned() {
  const put = await fetch(await client.presignedPutObject(bucket, 'signed ü', 60), {
    method: 'PUT', body: 'through',
  });
  assert.equal(put.status, 200);
  const got = await fetch(await client.presignedGetObject(bucket, 'signed ü', 60, {
    'response-content-disposition': 'attachment; filename="f.txt"',
  }));
  assert.equal(await got.text(), 'through');
  assert.equal(got.headers.get('content-disposition'), 'attachment; filename="f.txt"');
  assert.equal((await fetch(await client.presignedUrl('DELETE', bucket, 'signed ü', 60), {
    method: 'DELETE' })).status, 204);
  const listing = await fetch(await client.presignedUrl('GET', bucket, '', 60, { prefix: 'data', 'max-keys': 1 }));
  assert.equal(listing.status, 200);

  const policy = client.newPostPolicy();
  policy.setBucket(bucket);
  policy.setKey('form/1');
  policy.setExpires(new Date(Date.now() + 60_000));
  policy.setContentType('text/plain');
  policy.setContentLengthRange(1, 100);
  policy.setUserMetaData({ color: 'blue' });
  const { postURL, formData } = await client.presignedPostPolicy(policy);
  const form = new FormData();
  for (const [name, value] of Object.entries(formData)) form.append(name, value);
  form.append('file', new Blob(['form data']), 'f');
  const posted = await fetch(postURL, { method: 'POST', body: form });
  assert.equal(posted.status, 204, await posted.text());
  assert.equal(await text('form/1'), 'form data');
}

async function configurations() {
  assert.equal(await code(client.getBucketTagging(bucket)), 'NoSuchTagSet');
  await client.setBucketTagging(bucket, { team: 'a b' });
  assert.deepEqual(await client.getBucketTagging(bucket), [{ Key: 'team', Value: 'a b' }]);
  await client.removeBucketTagging(bucket);
  await client.setObjectTagging(bucket, 'copy', { k: 'v+/=', two: '2' });
  assert.equal((await client.getObjectTagging(bucket, 'copy')).length, 2);
  await client.removeObjectTagging(bucket, 'copy');
  assert.equal(await code(client.getBucketLifecycle(bucket)), 'NoSuchLifecycleConfiguration');
  await client.setBucketLifecycle(bucket, {
    Rule: [{ ID: 'r1', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 30 } }],
  });
  assert.equal([(await client.getBucketLifecycle(bucket)).Rule].flat()[0].ID, 'r1');
  await client.removeBucketLifecycle(bucket);
  await client.setBucketEncryption(bucket, {
    Rule: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
  });
  const encryption = await client.getBucketEncryption(bucket);
  assert.ok(JSON.stringify(encryption).includes("AES256"), JSON.stringify(encryption));
  await client.removeBucketEncryption(bucket);
  assert.equal(await code(client.getBucketPolicy(bucket)), 'NoSuchBucketPolicy');
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{
    Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['s3:GetObject'],
    Resource: [`arn:aws:s3:::${bucket}/public/*`] }] });
  await client.setBucketPolicy(bucket, policy);
  assert.deepEqual(JSON.parse(await client.getBucketPolicy(bucket)), JSON.parse(policy));
  await client.putObject(bucket, 'public/1', 'open');
  assert.equal(await (await fetch(`http://${authority}/${bucket}/public/1`)).text(), 'open');
  await client.setBucketPolicy(bucket, '');
  await client.getBucketNotification(bucket);
  assert.equal(await code(client.getBucketReplication(bucket)), 'ReplicationConfigurationNotFoundError');
}

async function versionsAndLocks() {
  await client.setBucketVersioning(bucket, { Status: 'Enabled' });
  assert.equal((await client.getBucketVersioning(bucket)).Status, 'Enabled');
  const first = await client.putObject(bucket, 'v', '1');
  const second = await client.putObject(bucket, 'v', '2');
  assert.ok(first.versionId && second.versionId && first.versionId !== second.versionId);
  assert.equal(await text('v', { versionId: first.versionId }), '1');
  await client.removeObject(bucket, 'v');
  const found = await collect(client.listObjects(bucket, 'v', true, { IncludeVersion: true }));
  assert.equal(found.length, 3);
  assert.equal(found.filter((one) => one.isDeleteMarker).length, 1);
  await client.setBucketVersioning(bucket, { Status: 'Suspended' });

  const locked = `${bucket}-locked`;
  await client.makeBucket(locked, 'us-east-1', { ObjectLocking: true });
  await client.setObjectLockConfig(locked, { mode: 'GOVERNANCE', unit: 'Days', validity: 1 });
  const config = await client.getObjectLockConfig(locked);
  assert.equal(config.mode, 'GOVERNANCE');
  const { versionId } = await client.putObject(locked, 'k', 'x');
  const until = new Date(Date.now() + 172_800_000).toISOString();
  await client.putObjectRetention(locked, 'k', { mode: 'GOVERNANCE', retainUntilDate: until, versionId });
  assert.equal((await client.getObjectRetention(locked, 'k', { versionId })).mode, 'GOVERNANCE');
  await client.setObjectLegalHold(locked, 'k', { versionId, status: 'ON' });
  assert.equal((await client.getObjectLegalHold(locked, 'k', { versionId })).Status, 'ON');
  await client.setObjectLegalHold(locked, 'k', { versionId, status: 'OFF' });
  assert.equal(await code(client.removeObject(locked, 'k', { versionId })), 'AccessDenied');
  await client.removeObject(locked, 'k', { versionId, governanceBypass: true });
  await client.removeBucket(locked);
}

(async () => {
  for (const step of [buckets, objects, listings, presigned, configurations, versionsAndLocks]) await step();
  assert.equal(await code(client.removeBucket(bucket)), 'BucketNotEmpty');
  console.log('done');
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
