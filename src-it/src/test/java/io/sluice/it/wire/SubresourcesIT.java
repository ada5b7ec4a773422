package io.sluice.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubresourcesIT extends GatewayCase {
  private static final String CONTENT = "must stay as it is";

  @BeforeEach
  void putObject() {
    put("k", CONTENT);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, accelerate, PutBucketAccelerateConfiguration",
    "PUT, analytics&id=a, PutBucketAnalyticsConfiguration",
    "PUT, intelligent-tiering&id=a, PutBucketIntelligentTieringConfiguration",
    "PUT, inventory&id=a, PutBucketInventoryConfiguration",
    "PUT, metrics&id=a, PutBucketMetricsConfiguration",
    "PUT, notification, PutBucketNotificationConfiguration",
    "PUT, replication, PutBucketReplication"
  })
  void ofTheBucketIsNamedAndRunsNothing(String method, String query, String operation)
      throws IOException {
    isNotImplemented(send(method, "/" + bucket + "?" + query), operation);
  }

  @ParameterizedTest
  @CsvSource({"GET, torrent, GetObjectTorrent", "POST, select&select-type=2, SelectObjectContent"})
  void ofTheObjectIsNamedAndRunsNothing(String method, String query, String operation)
      throws IOException {
    isNotImplemented(send(method, "/" + bucket + "/k?" + query), operation);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, acl",
    "PUT, policy",
    "DELETE, policy",
    "PUT, cors",
    "DELETE, cors",
    "PUT, lifecycle",
    "DELETE, lifecycle",
    "PUT, tagging",
    "DELETE, tagging",
    "PUT, encryption",
    "DELETE, encryption",
    "PUT, ownershipControls",
    "DELETE, ownershipControls",
    "PUT, publicAccessBlock",
    "DELETE, publicAccessBlock",
    "PUT, object-lock"
  })
  void neverRunsThePlainOperationOfTheBucket(String method, String query) throws IOException {
    send(method, "/" + bucket + "?" + query);

    assertThat(get("k")).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, acl",
    "PUT, tagging",
    "DELETE, tagging",
    "PUT, retention",
    "PUT, legal-hold",
    "DELETE, annotation",
    "PUT, annotation"
  })
  void neverRunsThePlainOperationOfTheObject(String method, String query) throws IOException {
    send(method, "/" + bucket + "/k?" + query);

    assertThat(get("k")).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=2", "utm_source=mail", "x-whatever=1", "unknown"})
  void anUnknownKeyIsIgnoredWhereNothingChanges(String query) throws IOException {
    assertThat(send("GET", "/" + bucket + "/k?" + query).text()).isEqualTo(CONTENT);
    assertThat(send("HEAD", "/" + bucket + "/k?" + query).status()).isEqualTo(200);
    assertThat(send("GET", "/" + bucket + "?" + query).text()).contains("<ListBucketResult");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /k?unknown=1",
    "DELETE, /k?unknown=1",
    "PUT, ?unknown=1",
    "DELETE, ?unknown=1",
    "POST, ?delete&unknown=1",
    "POST, /k?uploads&unknown=1"
  })
  void anUnknownKeyIsRefusedWhereSomethingWouldChange(String method, String rest)
      throws IOException {
    RawResponse answer = send(method, "/" + bucket + rest);

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.errorCode()).isEqualTo("NotImplemented");
    assertThat(get("k")).isEqualTo(CONTENT);
  }

  @Test
  void theNameThatSdksAddToTheQueryIsKnown() throws IOException {
    RawResponse answer = send("PUT", "/" + bucket + "/k?x-id=PutObject");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(get("k")).isEqualTo("<Other/>");
  }

  private RawResponse send(String method, String target) throws IOException {
    boolean hasBody = method.equals("PUT") || method.equals("POST");
    byte[] body = (hasBody ? "<Other/>" : "").getBytes(StandardCharsets.UTF_8);
    return RawRequest.of(gateway, method, target)
        .header("content-md5", Hashes.md5Base64(body))
        .body(body)
        .send();
  }

  private void isNotImplemented(RawResponse answer, String operation) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(501);
    assertThat(answer.errorCode()).isEqualTo("NotImplemented");
    assertThat(answer.text()).contains(operation);
    assertThat(get("k")).isEqualTo(CONTENT);
  }
}
