package io.sluice.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Target;
import io.sluice.uri.QueryString;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table against the facts of the S3 model: {@code s3-operations.csv}. */
class S3OperationTest {
  /** Operations of the model that have no row: what takes their requests, or why none comes. */
  private static final Map<String, String> WITHOUT_ROW =
      Map.of(
          "GetBucketLifecycle", "GetBucketLifecycleConfiguration",
          "PutBucketLifecycle", "PutBucketLifecycleConfiguration",
          "GetBucketNotification", "GetBucketNotificationConfiguration",
          "PutBucketNotification", "PutBucketNotificationConfiguration",
          // Of directory buckets, whose endpoint is another host.
          "ListDirectoryBuckets", "ListBuckets",
          // Sent to a host of its own, from an Object Lambda function.
          "WriteGetObjectResponse", "");

  private final Router router = new Router();

  @ParameterizedTest
  @CsvFileSource(resources = "s3-operations.csv", numLinesToSkip = 1)
  void everyOperationRoutesToItself(
      String name, String method, String kind, String query, String headers) {
    if (WITHOUT_ROW.getOrDefault(name, "?").isEmpty()) {
      return;
    }
    S3Operation operation = router.route(method, target(kind), query(query), headers(headers));
    assertThat(operation.wireName()).isEqualTo(WITHOUT_ROW.getOrDefault(name, name));
  }

  @Test
  void nothingOfTheModelIsMissing() throws Exception {
    Set<String> rows =
        Arrays.stream(S3Operation.values()).map(S3Operation::wireName).collect(Collectors.toSet());
    try (Stream<String> lines =
        new String(
                S3OperationTest.class.getResourceAsStream("s3-operations.csv").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8)
            .lines()) {
      List<String> model = lines.skip(1).map(line -> line.split(",")[0]).toList();
      assertThat(model).hasSize(117);
      assertThat(rows).hasSize(111);
      assertThat(model.stream().filter(name -> !WITHOUT_ROW.containsKey(name)))
          .containsExactlyInAnyOrderElementsOf(rows);
    }
  }

  @ParameterizedTest
  @EnumSource(S3Operation.class)
  void noOtherRowTies(S3Operation operation) {
    Route route = operation.route();
    assertThat(S3Operation.values())
        .filteredOn(other -> other != operation)
        .noneMatch(
            other ->
                other.route().method().equals(route.method())
                    && other.route().target() == route.target()
                    && java.util.Objects.equals(other.route().subresource(), route.subresource())
                    && Set.copyOf(other.route().conditions())
                        .equals(Set.copyOf(route.conditions())));
  }

  @ParameterizedTest
  @CsvSource({"PUT, object", "POST, object", "DELETE, object", "PUT, bucket", "DELETE, bucket"})
  void anUnknownParameterOfAWriteIsRefused(String method, String kind) {
    assertThatThrownBy(() -> router.route(method, target(kind), query("nonsense"), S3Headers.EMPTY))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.code()).isEqualTo(S3ErrorCode.NOT_IMPLEMENTED);
              assertThat(e.details()).containsEntry("Parameter", "nonsense");
            });
  }

  @ParameterizedTest
  @CsvSource({"uploadId=x", "partNumber=1", "versionId=x"})
  void aParameterOfAnotherOperationDoesNotFallThroughToPutObject(String query) {
    assertThatThrownBy(() -> router.route("PUT", target("object"), query(query), S3Headers.EMPTY))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.NOT_IMPLEMENTED));
  }

  @ParameterizedTest
  @CsvSource({"v=2", "utm_source=x", "x-amz-something=1", "response-content-type=a"})
  void anUnknownParameterOfAReadIsIgnored(String query) {
    assertThat(router.route("GET", target("object"), query(query), S3Headers.EMPTY))
        .isEqualTo(S3Operation.GET_OBJECT);
    assertThat(router.route("HEAD", target("object"), query(query), S3Headers.EMPTY))
        .isEqualTo(S3Operation.HEAD_OBJECT);
  }

  @ParameterizedTest
  @CsvSource({
    "GET_OBJECT, s3:GetObjectVersion",
    "HEAD_OBJECT, s3:GetObjectVersion",
    "DELETE_OBJECTS, s3:DeleteObjectVersion",
    "PUT_OBJECT_ACL, s3:PutObjectVersionAcl",
    "DELETE_OBJECT_TAGGING, s3:DeleteObjectVersionTagging",
    "GET_OBJECT_RETENTION, s3:GetObjectRetention"
  })
  void aVersionHasItsOwnAction(S3Operation operation, String action) {
    assertThat(operation.versionAction()).isEqualTo(action);
  }

  @Test
  void twoSubresourcesAreRefused() {
    assertThatThrownBy(
            () -> router.route("GET", target("bucket"), query("acl&cors"), S3Headers.EMPTY))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.INVALID_ARGUMENT));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, object, acl",
    "DELETE, bucket, acl",
    "PUT, bucket, versions",
    "DELETE, object, versioning",
    "PATCH, object, ''",
    "PUT, service, ''"
  })
  void aSubresourceWithoutTheMethodIsNotAllowed(String method, String kind, String query) {
    assertThatThrownBy(() -> router.route(method, target(kind), query(query), S3Headers.EMPTY))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.METHOD_NOT_ALLOWED));
  }

  @Test
  void signaturesAreNoParametersOfTheOperation() {
    String query = "X-Amz-Signature=s&x-id=PutObject&AWSAccessKeyId=a&Signature=s&Expires=1";
    assertThat(router.route("PUT", target("object"), query(query), S3Headers.EMPTY))
        .isEqualTo(S3Operation.PUT_OBJECT);
  }

  private static S3Target target(String kind) {
    return switch (kind) {
      case "service" -> new S3Target.ServiceTarget();
      case "bucket" -> new S3Target.BucketTarget(new BucketName("bucket"));
      default -> new S3Target.ObjectTarget(new BucketName("bucket"), new ObjectKey("key"));
    };
  }

  private static QueryString query(String text) {
    return QueryString.parse(text == null ? null : text.replace(';', '&'));
  }

  private static S3Headers headers(String names) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : names == null ? new String[0] : names.split(";")) {
      headers.put(name, List.of("x"));
    }
    return S3Headers.of(headers);
  }
}
