// What applications do with MinIO's client for Go. Arguments: host:port, a new bucket.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/encrypt"
	"github.com/minio/minio-go/v7/pkg/lifecycle"
	"github.com/minio/minio-go/v7/pkg/sse"
	"github.com/minio/minio-go/v7/pkg/tags"
)

const part = 5 << 20

var (
	ctx       = context.Background()
	authority = os.Args[1]
	bucket    = os.Args[2]
	client    *minio.Client
)

func check(err error) {
	if err != nil {
		var answer minio.ErrorResponse
		if errors.As(err, &answer) {
			panic(fmt.Sprintf("%s: %s (%s %s)", answer.Code, answer.Message, answer.BucketName, answer.Key))
		}
		panic(err)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func equal(name string, got, want any) {
	if !reflect.DeepEqual(got, want) {
		panic(fmt.Sprintf("%s: %v, not %v", name, got, want))
	}
}

func code(err error) string {
	if err == nil {
		return "none"
	}
	return minio.ToErrorResponse(err).Code
}

func put(key, text string, options minio.PutObjectOptions) minio.UploadInfo {
	return must(client.PutObject(ctx, bucket, key, strings.NewReader(text), int64(len(text)), options))
}

func read(key string, options minio.GetObjectOptions) (string, error) {
	object, err := client.GetObject(ctx, bucket, key, options)
	if err != nil {
		return "", err
	}
	defer object.Close()
	content, err := io.ReadAll(object)
	return string(content), err
}

func get(key string) string { return must(read(key, minio.GetObjectOptions{})) }

func names(options minio.ListObjectsOptions) []string {
	found := []string{}
	for object := range client.ListObjects(ctx, bucket, options) {
		check(object.Err)
		found = append(found, object.Key)
	}
	slices.Sort(found) // the client hands out each page's keys before its prefixes
	return found
}

func buckets() {
	check(client.MakeBucket(ctx, bucket, minio.MakeBucketOptions{}))
	equal("exists", must(client.BucketExists(ctx, bucket)), true)
	equal("exists", must(client.BucketExists(ctx, bucket+"-none")), false)
	equal("location", must(client.GetBucketLocation(ctx, bucket)), "us-east-1")
	found := false
	for _, one := range must(client.ListBuckets(ctx)) {
		found = found || one.Name == bucket
	}
	equal("listed", found, true)
	equal("missing", code(client.RemoveBucket(ctx, bucket+"-none")), "NoSuchBucket")
}

func objects() {
	info := put("a b/ü+%.txt", "hello", minio.PutObjectOptions{
		ContentType: "text/plain", UserMetadata: map[string]string{"Color": "blue"},
		UserTags: map[string]string{"t": "a b+"}, CacheControl: "no-cache",
	})
	equal("etag", info.ETag, "5d41402abc4b2a76b9719d911017c592")
	stat := must(client.StatObject(ctx, bucket, "a b/ü+%.txt", minio.StatObjectOptions{Checksum: true}))
	equal("metadata", stat.UserMetadata["Color"], "blue")
	equal("type", stat.ContentType, "text/plain")
	equal("tags", stat.UserTagCount, 1)
	equal("content", get("a b/ü+%.txt"), "hello")
	ranged := minio.GetObjectOptions{}
	check(ranged.SetRange(1, 2))
	equal("range", must(read("a b/ü+%.txt", ranged)), "el")
	suffix := minio.GetObjectOptions{}
	check(suffix.SetRange(0, -2))
	equal("suffix", must(read("a b/ü+%.txt", suffix)), "lo")
	_, err := read("none", minio.GetObjectOptions{})
	equal("missing", code(err), "NoSuchKey")
	matching := minio.GetObjectOptions{}
	check(matching.SetMatchETag("0123"))
	_, err = read("a b/ü+%.txt", matching)
	equal("if-match", code(err), "PreconditionFailed")

	big := make([]byte, 2*part+77)
	must(rand.Read(big))
	for name, options := range map[string]minio.PutObjectOptions{
		"parts":      {PartSize: part},
		"concurrent": {PartSize: part, ConcurrentStreamParts: true, NumThreads: 2},
		"sha256":     {PartSize: part, DisableMultipart: true, SendContentMd5: true},
		"crc32":      {PartSize: part, Checksum: minio.ChecksumCRC32},
		"crc64":      {PartSize: part, AutoChecksum: minio.ChecksumFullObjectCRC32C},
	} {
		must(client.PutObject(ctx, bucket, name, bytes.NewReader(big), int64(len(big)), options))
		equal(name, get(name) == string(big), true)
	}
	must(client.PutObject(ctx, bucket, "unknown", io.MultiReader(bytes.NewReader(big)), -1,
		minio.PutObjectOptions{PartSize: part}))
	equal("unknown length", get("unknown") == string(big), true)
	object := must(client.GetObject(ctx, bucket, "parts", minio.GetObjectOptions{}))
	window := make([]byte, 1000)
	must(object.ReadAt(window, part-500))
	equal("read at", bytes.Equal(window, big[part-500:part+500]), true)
	must(object.Seek(-77, io.SeekEnd))
	equal("seek", bytes.Equal(must(io.ReadAll(object)), big[2*part:]), true)
	check(os.WriteFile("file", big, 0o600))
	must(client.FPutObject(ctx, bucket, "file", "file", minio.PutObjectOptions{PartSize: part}))
	check(client.FGetObject(ctx, bucket, "file", "back", minio.GetObjectOptions{}))
	equal("file", bytes.Equal(must(os.ReadFile("back")), big), true)
	attributes := must(client.GetObjectAttributes(ctx, bucket, "crc32", minio.ObjectAttributesOptions{}))
	equal("parts", attributes.ObjectParts.PartsCount, 3)
	equal("size", attributes.ObjectSize, len(big))

	source := minio.CopySrcOptions{Bucket: bucket, Object: "a b/ü+%.txt"}
	must(client.CopyObject(ctx, minio.CopyDestOptions{Bucket: bucket, Object: "copy"}, source))
	equal("copy", get("copy"), "hello")
	must(client.CopyObject(ctx, minio.CopyDestOptions{
		Bucket: bucket, Object: "copy", ReplaceMetadata: true, UserMetadata: map[string]string{"New": "1"},
		ReplaceTags: true, UserTags: map[string]string{"other": "1"},
	}, source))
	copied := must(client.StatObject(ctx, bucket, "copy", minio.StatObjectOptions{}))
	equal("replaced", copied.UserMetadata["New"], "1")
	must(client.ComposeObject(ctx, minio.CopyDestOptions{Bucket: bucket, Object: "composed"},
		minio.CopySrcOptions{Bucket: bucket, Object: "parts"}, source))
	equal("composed", get("composed") == string(big)+"hello", true)
	_, err = client.CopyObject(ctx, minio.CopyDestOptions{Bucket: bucket, Object: "x"},
		minio.CopySrcOptions{Bucket: bucket, Object: "copy", MatchETag: "no"})
	equal("copy if-match", code(err), "PreconditionFailed")
	exclusive := minio.PutObjectOptions{}
	exclusive.SetMatchETagExcept("*")
	_, err = client.PutObject(ctx, bucket, "copy", strings.NewReader("x"), 1, exclusive)
	equal("if-none-match", code(err), "PreconditionFailed")
	must(client.AppendObject(ctx, bucket, "copy", strings.NewReader(" you"), 4, minio.AppendObjectOptions{}))
	equal("appended", get("copy"), "hello you")
}

func multipartUploads() {
	core := minio.Core{Client: client}
	id := must(core.NewMultipartUpload(ctx, bucket, "core", minio.PutObjectOptions{}))
	one := must(core.PutObjectPart(ctx, bucket, "core", id, 1, strings.NewReader("x"), 1,
		minio.PutObjectPartOptions{}))
	listed := must(core.ListObjectParts(ctx, bucket, "core", id, 0, 10))
	equal("parts", len(listed.ObjectParts), 1)
	equal("uploads", len(must(core.ListMultipartUploads(ctx, bucket, "core", "", "", "", 10)).Uploads), 1)
	incomplete := 0
	for upload := range client.ListIncompleteUploads(ctx, bucket, "core", true) {
		check(upload.Err)
		equal("key", upload.Key, "core")
		incomplete++
	}
	equal("incomplete", incomplete, 1)
	must(core.CompleteMultipartUpload(ctx, bucket, "core", id,
		[]minio.CompletePart{{PartNumber: 1, ETag: one.ETag}}, minio.PutObjectOptions{}))
	must(core.NewMultipartUpload(ctx, bucket, "left", minio.PutObjectOptions{}))
	check(client.RemoveIncompleteUpload(ctx, bucket, "left"))
	equal("aborted", len(must(core.ListMultipartUploads(ctx, bucket, "left", "", "", "", 10)).Uploads), 0)
}

func listings() {
	for _, key := range []string{"l/1", "l/2/x", "l/2/y", "l/3", "l/ä +%"} {
		put(key, "x", minio.PutObjectOptions{})
	}
	level := []string{"l/1", "l/2/", "l/3", "l/ä +%"}
	all := []string{"l/1", "l/2/x", "l/2/y", "l/3", "l/ä +%"}
	equal("level", names(minio.ListObjectsOptions{Prefix: "l/"}), level)
	equal("level v1", names(minio.ListObjectsOptions{Prefix: "l/", UseV1: true}), level)
	equal("all", names(minio.ListObjectsOptions{Prefix: "l/", Recursive: true}), all)
	equal("pages", names(minio.ListObjectsOptions{Prefix: "l/", Recursive: true, MaxKeys: 2}), all)
	equal("v1 pages", names(minio.ListObjectsOptions{Prefix: "l/", UseV1: true, MaxKeys: 1}), level)
	equal("after", names(minio.ListObjectsOptions{
		Prefix: "l/", Recursive: true, StartAfter: "l/2/y"}), all[3:])
	equal("metadata", names(minio.ListObjectsOptions{Prefix: "l/", WithMetadata: true}), level)
	remove := make(chan minio.ObjectInfo)
	go func() {
		defer close(remove)
		for _, key := range all {
			remove <- minio.ObjectInfo{Key: key}
		}
	}()
	for failure := range client.RemoveObjects(ctx, bucket, remove, minio.RemoveObjectsOptions{}) {
		check(failure.Err)
	}
	equal("removed", len(names(minio.ListObjectsOptions{Prefix: "l/", Recursive: true})), 0)
	check(client.RemoveObject(ctx, bucket, "none", minio.RemoveObjectOptions{}))
}

func fetch(method, address string, body io.Reader, contentType string) (int, string, http.Header) {
	request := must(http.NewRequest(method, address, body))
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	answer := must(http.DefaultClient.Do(request))
	defer answer.Body.Close()
	return answer.StatusCode, string(must(io.ReadAll(answer.Body))), answer.Header
}

func presigned() {
	upload := must(client.PresignedPutObject(ctx, bucket, "signed ü", time.Minute))
	status, text, _ := fetch("PUT", upload.String(), strings.NewReader("through"), "")
	equal("put "+text, status, 200)
	query := url.Values{"response-content-type": {"x/y"}}
	download := must(client.PresignedGetObject(ctx, bucket, "signed ü", time.Hour, query))
	_, text, headers := fetch("GET", download.String(), nil, "")
	equal("get", text, "through")
	equal("type", headers.Get("Content-Type"), "x/y")
	look := must(client.PresignedHeadObject(ctx, bucket, "signed ü", time.Hour, nil))
	status, _, _ = fetch("HEAD", look.String(), nil, "")
	equal("head", status, 200)

	policy := minio.NewPostPolicy()
	check(policy.SetBucket(bucket))
	check(policy.SetKeyStartsWith("form/"))
	check(policy.SetExpires(time.Now().UTC().Add(time.Minute)))
	check(policy.SetContentLengthRange(1, 100))
	check(policy.SetUserMetadata("color", "blue"))
	address, fields, err := client.PresignedPostPolicy(ctx, policy)
	check(err)
	fields["key"] = "form/1"
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		check(form.WriteField(name, value))
	}
	must(must(form.CreateFormFile("file", "f")).Write([]byte("form data")))
	check(form.Close())
	status, text, _ = fetch("POST", address.String(), &body, form.FormDataContentType())
	equal("post "+text, status, 204)
	equal("form", get("form/1"), "form data")
}

func configurations() {
	_, err := client.GetBucketTagging(ctx, bucket)
	equal("no tags", code(err), "NoSuchTagSet")
	tagging := must(tags.MapToBucketTags(map[string]string{"team": "a b"}))
	check(client.SetBucketTagging(ctx, bucket, tagging))
	equal("tags", must(client.GetBucketTagging(ctx, bucket)).ToMap(), map[string]string{"team": "a b"})
	check(client.RemoveBucketTagging(ctx, bucket))
	onObject := must(tags.MapToObjectTags(map[string]string{"k": "v+/="}))
	check(client.PutObjectTagging(ctx, bucket, "copy", onObject, minio.PutObjectTaggingOptions{}))
	found := must(client.GetObjectTagging(ctx, bucket, "copy", minio.GetObjectTaggingOptions{}))
	equal("object tags", found.ToMap(), map[string]string{"k": "v+/="})
	check(client.RemoveObjectTagging(ctx, bucket, "copy", minio.RemoveObjectTaggingOptions{}))

	_, err = client.GetBucketLifecycle(ctx, bucket)
	equal("no lifecycle", code(err), "NoSuchLifecycleConfiguration")
	rules := lifecycle.NewConfiguration()
	rules.Rules = []lifecycle.Rule{{
		ID: "r1", Status: "Enabled", RuleFilter: lifecycle.Filter{Prefix: "logs/"},
		Expiration: lifecycle.Expiration{Days: 30},
	}}
	check(client.SetBucketLifecycle(ctx, bucket, rules))
	equal("lifecycle", must(client.GetBucketLifecycle(ctx, bucket)).Rules[0].ID, "r1")
	check(client.SetBucketLifecycle(ctx, bucket, lifecycle.NewConfiguration()))

	equal("no policy", must(client.GetBucketPolicy(ctx, bucket)), "")
	_, err = client.GetBucketEncryption(ctx, bucket)
	equal("no encryption", code(err), "ServerSideEncryptionConfigurationNotFoundError")
	check(client.SetBucketEncryption(ctx, bucket, sse.NewConfigurationSSES3()))
	equal("encryption", must(client.GetBucketEncryption(ctx, bucket)).Rules[0].Apply.SSEAlgorithm, "AES256")
	check(client.RemoveBucketEncryption(ctx, bucket))
	_, err = client.GetBucketNotification(ctx, bucket)
	fmt.Println("notification:", code(err))
	_, err = client.GetBucketReplication(ctx, bucket)
	fmt.Println("replication:", code(err))
	_, err = client.SelectObjectContent(ctx, bucket, "copy", minio.SelectObjectOptions{
		Expression: "select * from S3Object", ExpressionType: minio.QueryExpressionTypeSQL,
		InputSerialization:  minio.SelectObjectInputSerialization{CSV: &minio.CSVInputOptions{}},
		OutputSerialization: minio.SelectObjectOutputSerialization{CSV: &minio.CSVOutputOptions{}},
	})
	fmt.Println("select:", code(err))
	cors, err := client.GetBucketCors(ctx, bucket)
	equal("cors", cors == nil && err == nil, true)
}

func encrypted() {
	put("s3", "x", minio.PutObjectOptions{ServerSideEncryption: encrypt.NewSSE()})
	stat := must(client.StatObject(ctx, bucket, "s3", minio.StatObjectOptions{}))
	equal("sse", stat.Metadata.Get("X-Amz-Server-Side-Encryption"), "AES256")
	kms := must(encrypt.NewSSEKMS("it-key", map[string]string{"a": "b"}))
	put("kms", "secret", minio.PutObjectOptions{ServerSideEncryption: kms})
	equal("kms", get("kms"), "secret")
}

func versions() {
	equal("versioning", must(client.GetBucketVersioning(ctx, bucket)).Status, "")
	check(client.EnableVersioning(ctx, bucket))
	equal("versioning", must(client.GetBucketVersioning(ctx, bucket)).Status, "Enabled")
	first := put("v", "1", minio.PutObjectOptions{}).VersionID
	second := put("v", "2", minio.PutObjectOptions{}).VersionID
	equal("ids", first != "" && second != "" && first != second, true)
	equal("old", must(read("v", minio.GetObjectOptions{VersionID: first})), "1")
	check(client.RemoveObject(ctx, bucket, "v", minio.RemoveObjectOptions{}))
	marked, err := client.StatObject(ctx, bucket, "v", minio.StatObjectOptions{})
	equal("marker", code(err), "NoSuchKey")
	equal("is marker", marked.IsDeleteMarker, true)
	seen := []string{}
	for object := range client.ListObjects(ctx, bucket,
		minio.ListObjectsOptions{Prefix: "v", WithVersions: true}) {
		check(object.Err)
		seen = append(seen, fmt.Sprint(object.IsDeleteMarker, object.IsLatest))
	}
	slices.Sort(seen)
	equal("versions", seen, []string{"false false", "false false", "true true"})
	must(client.CopyObject(ctx, minio.CopyDestOptions{Bucket: bucket, Object: "v"},
		minio.CopySrcOptions{Bucket: bucket, Object: "v", VersionID: first}))
	equal("restored", get("v"), "1")
	check(client.SuspendVersioning(ctx, bucket))
}

func locks() {
	locked := bucket + "-locked"
	check(client.MakeBucket(ctx, locked, minio.MakeBucketOptions{ObjectLocking: true}))
	mode, validity, unit := minio.Governance, uint(1), minio.Days
	check(client.SetObjectLockConfig(ctx, locked, &mode, &validity, &unit))
	enabled, gotMode, gotValidity, _, err := client.GetObjectLockConfig(ctx, locked)
	check(err)
	equal("lock", fmt.Sprint(enabled, " ", *gotMode, " ", *gotValidity), "Enabled GOVERNANCE 1")
	until := time.Now().UTC().Add(time.Hour).Truncate(time.Second)
	written := must(client.PutObject(ctx, locked, "k", strings.NewReader("x"), 1, minio.PutObjectOptions{
		Mode: minio.Governance, RetainUntilDate: until, LegalHold: minio.LegalHoldEnabled,
	}))
	hold := must(client.GetObjectLegalHold(ctx, locked, "k", minio.GetObjectLegalHoldOptions{}))
	equal("hold", *hold, minio.LegalHoldEnabled)
	off := minio.LegalHoldDisabled
	check(client.PutObjectLegalHold(ctx, locked, "k", minio.PutObjectLegalHoldOptions{Status: &off}))
	_, kept, err := client.GetObjectRetention(ctx, locked, "k", written.VersionID)
	check(err)
	equal("until", kept.Equal(until), true)
	versioned := minio.RemoveObjectOptions{VersionID: written.VersionID}
	equal("locked", code(client.RemoveObject(ctx, locked, "k", versioned)), "AccessDenied")
	versioned.GovernanceBypass = true
	check(client.RemoveObject(ctx, locked, "k", versioned))
	check(client.RemoveBucket(ctx, locked))
}

func main() {
	client = must(minio.New(authority, &minio.Options{
		Creds: credentials.NewEnvAWS(), MaxRetries: 1, TrailingHeaders: true,
	}))
	for _, step := range []func(){
		buckets, objects, multipartUploads, listings, presigned, configurations, encrypted, versions, locks,
	} {
		step()
	}
	equal("not empty", code(client.RemoveBucket(ctx, bucket)), "BucketNotEmpty")
	fmt.Println("done")
}
