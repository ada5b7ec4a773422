// What applications do with AWS's SDK for Go v2, signing for one host and sent to another as a proxy
// of theirs would. Arguments: the endpoint, a new bucket.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

var (
	ctx      = context.Background()
	endpoint = os.Args[1]
	bucket   = os.Args[2]
)

// redirected sends what was signed for AWS's own host to the endpoint, leaving the Host header.
type redirected struct{ to *url.URL }

func (r redirected) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Host = request.URL.Host
	request.URL.Scheme = r.to.Scheme
	request.URL.Host = r.to.Host
	return http.DefaultTransport.RoundTrip(request)
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func equal(name string, got, want any) {
	if got != want {
		panic(fmt.Sprintf("%s: %v, not %v", name, got, want))
	}
}

func code(err error) string {
	var failure smithy.APIError
	if errors.As(err, &failure) {
		return failure.ErrorCode()
	}
	return fmt.Sprint(err)
}

func read(client *s3.Client, key string) []byte {
	answer := must(client.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key}))
	defer answer.Body.Close()
	return must(io.ReadAll(answer.Body))
}

func main() {
	loaded := must(config.LoadDefaultConfig(ctx))
	client := s3.NewFromConfig(loaded, func(o *s3.Options) {
		o.BaseEndpoint = &endpoint
		o.UsePathStyle = true
	})
	must(client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &bucket}))
	key := aws.String("a b/ü+%.txt")
	must(client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &bucket, Key: key, Body: strings.NewReader("hello"),
		Metadata: map[string]string{"color": "blue"},
	}))
	equal("content", string(read(client, *key)), "hello")
	head := must(client.HeadObject(ctx, &s3.HeadObjectInput{
		Bucket: &bucket, Key: key, ChecksumMode: types.ChecksumModeEnabled,
	}))
	equal("checksum", *head.ChecksumCRC32, "NhCmhg==")
	equal("metadata", head.Metadata["color"], "blue")
	_, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: aws.String("none")})
	equal("missing", code(err), "NoSuchKey")
	_, err = client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("none")})
	equal("missing", code(err), "NotFound")

	big := make([]byte, 12<<20)
	must(rand.Read(big))
	uploader := manager.NewUploader(client, func(u *manager.Uploader) { u.PartSize = 5 << 20 })
	must(uploader.Upload(ctx, &s3.PutObjectInput{
		Bucket: &bucket, Key: aws.String("big"), Body: io.MultiReader(bytes.NewReader(big)),
	}))
	into := manager.NewWriteAtBuffer(nil)
	must(manager.NewDownloader(client).Download(ctx, into,
		&s3.GetObjectInput{Bucket: &bucket, Key: aws.String("big")}))
	equal("big", bytes.Equal(into.Bytes(), big), true)
	must(client.CopyObject(ctx, &s3.CopyObjectInput{
		Bucket: &bucket, Key: aws.String("copy"), CopySource: aws.String(bucket + "/big"),
	}))
	pages := s3.NewListObjectsV2Paginator(client, &s3.ListObjectsV2Input{
		Bucket: &bucket, MaxKeys: aws.Int32(1),
	})
	count := 0
	for pages.HasMorePages() {
		count += len(must(pages.NextPage(ctx)).Contents)
	}
	equal("listed", count, 3)
	signed := must(s3.NewPresignClient(client).PresignGetObject(ctx,
		&s3.GetObjectInput{Bucket: &bucket, Key: key}))
	answer := must(http.Get(signed.URL))
	equal("presigned", string(must(io.ReadAll(answer.Body))), "hello")

	// The transport of the seed: signed for s3.us-east-1.amazonaws.com, sent here, path and all.
	to := must(url.Parse(endpoint))
	rewritten := s3.NewFromConfig(loaded, func(o *s3.Options) {
		o.UsePathStyle = true
		o.HTTPClient = &http.Client{Transport: redirected{to}}
	})
	equal("through the transport", string(read(rewritten, *key)), "hello")
	must(rewritten.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &bucket, Key: aws.String("rt"), Body: strings.NewReader("through"),
	}))
	equal("through the transport", string(read(client, "rt")), "through")

	var names []types.ObjectIdentifier
	for _, name := range []string{*key, "big", "copy", "rt"} {
		names = append(names, types.ObjectIdentifier{Key: aws.String(name)})
	}
	gone := must(client.DeleteObjects(ctx, &s3.DeleteObjectsInput{
		Bucket: &bucket, Delete: &types.Delete{Objects: names},
	}))
	equal("errors", len(gone.Errors), 0)
	must(client.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: &bucket}))
	fmt.Println("done")
}
