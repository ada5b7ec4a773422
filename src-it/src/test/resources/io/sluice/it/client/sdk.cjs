// What applications do with the AWS SDK for JavaScript v3, with its defaults. Arguments: endpoint, bucket.
'use strict';
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const { Readable } = require('node:stream');
const S3 = require('@aws-sdk/client-s3');
const { Upload } = require('@aws-sdk/lib-storage');
const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');

const [endpoint, Bucket] = process.argv.slice(2);
const client = new S3.S3Client({ endpoint, forcePathStyle: true });
const send = (command) => client.send(command);
const sha = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');
const code = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return `${error.name} ${error.$metadata?.httpStatusCode}`;
  }
  return 'none';
};

async function objects() {
  const put = await send(new S3.PutObjectCommand({
    Bucket, Key: 'a b/ü+%.txt', Body: 'hello', ContentType: 'text/plain', Metadata: { color: 'blue' },
  }));
  assert.equal(put.ETag, '"5d41402abc4b2a76b9719d911017c592"');
  assert.equal(put.ChecksumCRC32, 'NhCmhg==');
  const got = await send(new S3.GetObjectCommand({ Bucket, Key: 'a b/ü+%.txt' }));
  assert.equal(await got.Body.transformToString(), 'hello');
  assert.equal(got.ContentType, 'text/plain');
  assert.deepEqual(got.Metadata, { color: 'blue' });
  const range = await send(new S3.GetObjectCommand({ Bucket, Key: 'a b/ü+%.txt', Range: 'bytes=1-2' }));
  assert.equal(await range.Body.transformToString(), 'el');
  assert.equal(await code(send(new S3.HeadObjectCommand({ Bucket, Key: 'none' }))), 'NotFound 404');
  assert.equal(await code(send(new S3.GetObjectCommand({ Bucket, Key: 'none' }))), 'NoSuchKey 404');
  assert.equal(
    await code(send(new S3.PutObjectCommand({ Bucket, Key: 'a b/ü+%.txt', Body: 'x', IfNoneMatch: '*' }))),
    'PreconditionFailed 412');
  const copy = await send(new S3.CopyObjectCommand({
    Bucket, Key: 'copy', CopySource: `${Bucket}/${encodeURIComponent('a b/ü+%.txt')}`,
  }));
  assert.equal(copy.CopyObjectResult.ETag, put.ETag);
  await send(new S3.PutObjectTaggingCommand({
    Bucket, Key: 'copy', Tagging: { TagSet: [{ Key: 'k', Value: 'v w' }] },
  }));
  const tags = await send(new S3.GetObjectTaggingCommand({ Bucket, Key: 'copy' }));
  assert.deepEqual(tags.TagSet, [{ Key: 'k', Value: 'v w' }]);
}

async function streams() {
  const bytes = crypto.randomBytes(12 * 1024 * 1024 + 17);
  const upload = new Upload({
    client, params: { Bucket, Key: 'large', Body: Readable.from([bytes.subarray(0, 7_000_000), bytes.subarray(7_000_000)]) },
  });
  const done = await upload.done();
  assert.match(done.ETag, /-3"$/);
  const got = await send(new S3.GetObjectCommand({ Bucket, Key: 'large', ChecksumMode: 'ENABLED' }));
  assert.equal(sha(await got.Body.transformToByteArray()), sha(bytes));
  const part = await send(new S3.GetObjectCommand({ Bucket, Key: 'large', PartNumber: 2 }));
  assert.equal(part.PartsCount, 3);
  assert.equal((await part.Body.transformToByteArray()).length, 5 * 1024 * 1024);
  const attributes = await send(new S3.GetObjectAttributesCommand({
    Bucket, Key: 'large', ObjectAttributes: ['ETag', 'ObjectSize', 'ObjectParts', 'Checksum', 'StorageClass'],
  }));
  assert.equal(attributes.ObjectSize, bytes.length);
  assert.equal(attributes.ObjectParts.TotalPartsCount, 3);
}

async function presigned() {
  const url = await getSignedUrl(client, new S3.PutObjectCommand({ Bucket, Key: 'signed' }), { expiresIn: 60 });
  const put = await fetch(url, { method: 'PUT', body: 'by url' });
  assert.equal(put.status, 200, await put.text());
  const get = await getSignedUrl(client, new S3.GetObjectCommand({
    Bucket, Key: 'signed', ResponseContentDisposition: 'attachment; filename="x.txt"',
  }), { expiresIn: 60 });
  const got = await fetch(get);
  assert.equal(await got.text(), 'by url');
  assert.equal(got.headers.get('content-disposition'), 'attachment; filename="x.txt"');
}

async function listing() {
  const keys = [];
  for await (const page of S3.paginateListObjectsV2({ client, pageSize: 2 }, { Bucket })) {
    keys.push(...(page.Contents ?? []).map((object) => object.Key));
  }
  assert.deepEqual(keys, ['a b/ü+%.txt', 'copy', 'large', 'signed']);
  const folders = await send(new S3.ListObjectsV2Command({ Bucket, Delimiter: '/' }));
  assert.deepEqual(folders.CommonPrefixes, [{ Prefix: 'a b/' }]);
  const deleted = await send(new S3.DeleteObjectsCommand({
    Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) },
  }));
  assert.equal(deleted.Deleted.length, 4);
  await S3.waitUntilObjectNotExists({ client, maxWaitTime: 20 }, { Bucket, Key: 'large' });
}

(async () => {
  await objects();
  await streams();
  await presigned();
  await listing();
  console.log('done');
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
