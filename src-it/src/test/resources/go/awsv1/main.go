// What older applications do with AWS's SDK for Go v1. Arguments: the endpoint, a new bucket.
package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/aws/aws-sdk-go/service/s3/s3manager"
)

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
	var failure awserr.Error
	if errors.As(err, &failure) {
		return failure.Code()
	}
	return fmt.Sprint(err)
}

func main() {
	bucket := aws.String(os.Args[2])
	one := must(session.NewSession(&aws.Config{
		Endpoint: aws.String(os.Args[1]), S3ForcePathStyle: aws.Bool(true), DisableSSL: aws.Bool(true),
	}))
	client := s3.New(one)
	must(client.CreateBucket(&s3.CreateBucketInput{Bucket: bucket}))
	key := aws.String("a b/ü+%.txt")
	must(client.PutObject(&s3.PutObjectInput{
		Bucket: bucket, Key: key, Body: strings.NewReader("hello"),
		Metadata: map[string]*string{"Color": aws.String("blue")},
	}))
	head := must(client.HeadObject(&s3.HeadObjectInput{Bucket: bucket, Key: key}))
	equal("metadata", *head.Metadata["Color"], "blue")
	got := must(client.GetObject(&s3.GetObjectInput{Bucket: bucket, Key: key, Range: aws.String("bytes=-2")}))
	equal("range", string(must(io.ReadAll(got.Body))), "lo")
	_, err := client.GetObject(&s3.GetObjectInput{Bucket: bucket, Key: aws.String("none")})
	equal("missing", code(err), "NoSuchKey")

	big := make([]byte, 12<<20)
	must(rand.Read(big))
	must(s3manager.NewUploader(one).Upload(&s3manager.UploadInput{
		Bucket: bucket, Key: aws.String("big"), Body: io.MultiReader(bytes.NewReader(big)),
	}))
	into := aws.NewWriteAtBuffer(nil)
	must(s3manager.NewDownloader(one).Download(into,
		&s3.GetObjectInput{Bucket: bucket, Key: aws.String("big")}))
	equal("big", bytes.Equal(into.Bytes(), big), true)

	request, _ := client.GetObjectRequest(&s3.GetObjectInput{Bucket: bucket, Key: key})
	answer := must(http.Get(must(request.Presign(time.Minute))))
	equal("presigned", string(must(io.ReadAll(answer.Body))), "hello")
	count := 0
	err = client.ListObjectsPages(&s3.ListObjectsInput{Bucket: bucket, MaxKeys: aws.Int64(1)},
		func(page *s3.ListObjectsOutput, last bool) bool {
			count += len(page.Contents)
			return true
		})
	equal("listing", err, nil)
	equal("listed", count, 2)
	remove := s3manager.NewDeleteListIterator(client, &s3.ListObjectsInput{Bucket: bucket})
	equal("removed", s3manager.NewBatchDeleteWithClient(client).Delete(aws.BackgroundContext(), remove), nil)
	must(client.DeleteBucket(&s3.DeleteBucketInput{Bucket: bucket}))
	fmt.Println("done")
}
