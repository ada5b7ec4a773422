package io.sluice.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.RawHttp;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OverTls
class ErrorsIT extends GatewayCase {

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%00", "/BUCKET/../../../x"})
  void whatTheContainerRefusesIsAnS3ErrorToo(String path) throws IOException {
    RawResponse answer = send("GET " + path.replace("BUCKET", bucket) + " HTTP/1.1");

    assertThat(answer.status()).isEqualTo(400);
    isErrorDocument(answer);
  }

  @Test
  void headersWithoutEndAreAnS3ErrorToo() throws IOException {
    RawResponse answer = send("GET /" + bucket + " HTTP/1.1\r\nx-long: " + "x".repeat(70_000));

    assertThat(answer.status()).isIn(400, 431);
    isErrorDocument(answer);
  }

  @Test
  void sixtyKilobytesOfHeadersAreServed() throws IOException {
    RawRequest request = RawRequest.of(gateway, "GET", "/" + bucket);
    for (int number = 0; number < 28; number++) {
      request.header("x-filler-" + number, "x".repeat(2000));
    }
    assertThat(request.send().status()).isEqualTo(200);
  }

  @Test
  void moreThanAHundredHeadersAreServed() throws IOException {
    RawRequest request = RawRequest.of(gateway, "GET", "/" + bucket);
    for (int number = 0; number < 120; number++) {
      request.header("x-filler-" + number, "x");
    }
    assertThat(request.send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "PROPFIND", "TRACE"})
  void aMethodThatS3DoesNotHaveIsRefused(String method) throws IOException {
    RawResponse answer = send(method + " /" + bucket + "/k HTTP/1.1");

    assertThat(answer.status()).isIn(400, 403, 405, 501);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/BUCKET/missing", "/no-such-bucket-at-all", "/no-such-bucket-at-all/k"})
  void anErrorOfHeadHasNoBody(String target) throws IOException {
    // One connection for two requests: a body after the head's answer would spoil the second one.
    String path = target.replace("BUCKET", bucket);
    String head = RawRequest.of(gateway, "HEAD", path).signedHead();
    String kept = head.replace("connection: close", "connection: keep-alive");
    try (var socket = RawHttp.connect(gateway.endpoint())) {
      RawHttp.write(socket, kept, new byte[0]);
      RawHttp.write(socket, head, new byte[0]);
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(all).doesNotContain("<Error>", "<html");
      assertThat(all.split("HTTP/1\\.1 404", -1)).hasSize(3);
    }
  }

  @Test
  void everyAnswerHasItsRequestId() throws IOException {
    RawResponse first = RawRequest.of(gateway, "GET", "/" + bucket).send();
    RawResponse second = RawRequest.of(gateway, "GET", "/" + bucket).send();

    assertThat(first.header("x-amz-request-id")).isNotBlank();
    assertThat(first.header("x-amz-id-2")).isNotBlank();
    assertThat(first.header("date")).isNotBlank();
    assertThat(first.header("server")).isNotBlank();
    assertThat(first.header("x-amz-request-id")).isNotEqualTo(second.header("x-amz-request-id"));
  }

  @Test
  void aRefusedUploadOf16MebibytesIsStillAnswered() throws IOException {
    RawResponse answer =
        RawRequest.of(gateway, "PUT", "/" + newBucketName() + "/k").body(new byte[16 << 20]).send();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("NoSuchBucket");
  }

  @Test
  void anUploadThatAsksFirstIsRefusedWithoutItsBody() throws IOException {
    String head =
        RawRequest.of(gateway, "PUT", "/" + bucket + "/k")
            .header("expect", "100-continue")
            .header("content-length", "1000000")
            .signedHead()
            .replaceAll("Signature=\\w{8}", "Signature=00000000");

    RawResponse answer = RawHttp.sendHead(gateway.endpoint(), head);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("SignatureDoesNotMatch");
  }

  private RawResponse send(String start) throws IOException {
    return RawHttp.sendHead(
        gateway.endpoint(),
        start + "\r\nhost: " + gateway.authority() + "\r\nconnection: close\r\n\r\n");
  }

  /** Only the runner owns its container; a WAR is not asked about what never reaches it. */
  private void isErrorDocument(RawResponse answer) {
    if (!gateway.name().equals("runner")) {
      return;
    }
    assertThat(answer.header("content-type")).startsWith("application/xml");
    assertThat(answer.text()).contains("<Error>", "<Code>", "<Message>");
  }
}
