package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

class DeleteObjectsIT extends GatewayCase {

  @Test
  void reportsEveryKeyWhetherItWasThereOrNot() {
    put("a", "");
    put("b", "");

    DeleteObjectsResponse answer = delete(List.of("a", "nope"), false);

    assertThat(answer.deleted())
        .extracting(DeletedObject::key)
        .containsExactlyInAnyOrder("a", "nope");
    assertThat(answer.errors()).isEmpty();
    assertThat(s3.listObjectsV2(r -> r.bucket(bucket)).contents())
        .extracting(S3Object::key)
        .containsExactly("b");
  }

  @Test
  void quietReportsNothing() {
    put("a", "");

    assertThat(delete(List.of("a"), true).deleted()).isEmpty();
  }

  @Test
  void takesAThousandKeys() {
    List<String> keys = IntStream.range(0, 1000).mapToObj(number -> "k" + number).toList();

    assertThat(delete(keys, false).deleted()).hasSize(1000);
  }

  @Test
  void refusesMoreThanAThousandKeys() throws IOException {
    StringBuilder body = new StringBuilder("<Delete>");
    IntStream.range(0, 1001)
        .forEach(number -> body.append("<Object><Key>k").append(number).append("</Key></Object>"));

    assertThat(post(body.append("</Delete>").toString()).errorCode()).isEqualTo("MalformedXML");
  }

  @Test
  void refusesABodyThatIsNotXml() throws IOException {
    RawResponse answer = post("not xml");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("MalformedXML");
  }

  private DeleteObjectsResponse delete(List<String> keys, boolean quiet) {
    Stream<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build());
    return s3.deleteObjects(
        r -> r.bucket(bucket).delete(d -> d.objects(objects.toList()).quiet(quiet)));
  }

  private RawResponse post(String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return RawRequest.of(gateway, "POST", "/" + bucket + "?delete=")
        .header("content-md5", Hashes.md5Base64(bytes))
        .body(bytes)
        .send();
  }
}
