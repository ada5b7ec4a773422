package io.sluice.it.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Annotations on the wire. */
class AnnotationIT extends GatewayCase {
  private RawRequest request(String method, String name) {
    return RawRequest.of(gateway, method, "/" + bucket + "/k?annotation&annotationName=" + name);
  }

  private RawResponse put(String name, byte[] payload) throws IOException {
    return request("PUT", name).body(payload).send();
  }

  @Test
  void anAnnotationLivesBesideItsObject() throws IOException {
    put("k", "object");
    RawResponse put = put("note", "text of the note".getBytes(StandardCharsets.UTF_8));
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.text()).contains("<AnnotationName>note</AnnotationName>");
    RawResponse read = request("GET", "note").send();
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.text()).isEqualTo("text of the note");
    assertThat(read.header("ETag")).isEqualTo(put.header("ETag"));
    assertThat(read.header("Content-Length")).isEqualTo("16");
    RawResponse list = RawRequest.of(gateway, "GET", "/" + bucket + "/k?annotation").send();
    assertThat(list.text()).contains("<AnnotationName>note</AnnotationName><LastModified>");
    s3.copyObject(
        r -> r.sourceBucket(bucket).sourceKey("k").destinationBucket(bucket).destinationKey("c"));
    RawResponse copied =
        RawRequest.of(gateway, "GET", "/" + bucket + "/c?annotation&annotationName=note").send();
    assertThat(copied.text()).isEqualTo("text of the note");
    assertThat(request("DELETE", "note").send().status()).isEqualTo(204);
    assertThat(request("GET", "note").send().errorCode()).isEqualTo("NoSuchAnnotation");
    assertThat(get("k")).isEqualTo("object");
  }

  @Test
  void aPayloadIsText() throws IOException {
    put("k", "object");
    RawResponse refused = put("note", new byte[] {(byte) 0xC3, 0x28});
    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.errorCode()).isEqualTo("UnsupportedMediaType");
    assertThat(put("note", new byte[(1 << 20) + 1]).errorCode()).isEqualTo("EntityTooLarge");
  }
}
