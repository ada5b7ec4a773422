package io.sluice.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.SdkClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Object;

@OverTls
class KeysIT extends GatewayCase {
  private static final String BEYOND_THE_PLANE = Character.toString(0x10FFFF);

  static Stream<String> keys() {
    return Stream.of(
        "a",
        "a/b",
        "a//b",
        "//",
        "/",
        "/leading",
        "trailing/",
        "trailing//",
        ".",
        "..",
        "x/../y",
        "./z",
        "...",
        "a;b",
        ";",
        "a;v=1/b",
        "%",
        "%2F",
        "a%2Fb",
        "100%25",
        "+",
        "a+b",
        "a b",
        " ",
        "\\",
        "a\\b",
        "\"",
        "'",
        "`",
        "<&>",
        "?",
        "a?b=c",
        "#",
        "a#b",
        "a:b",
        "@!$()*,=~",
        "[]{}|^",
        "\u0001",
        "line\nfeed",
        "tab\t",
        "\u007f",
        "ü",
        "e\u0301",
        "日本語",
        "😀",
        BEYOND_THE_PLANE,
        "-",
        "s3",
        "WEB-INF/web.xml",
        "META-INF/MANIFEST.MF",
        "x".repeat(1024),
        "é".repeat(512));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyComesBackAsItWent(String key) throws IOException {
    String target = "/" + bucket + "/" + encode(key);

    RawResponse put = RawRequest.of(gateway, "PUT", target).body("content of " + key).send();

    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(RawRequest.of(gateway, "GET", target).send().text()).isEqualTo("content of " + key);
    assertThat(RawRequest.of(gateway, "HEAD", target).send().status()).isEqualTo(200);
    assertThat(listed()).containsExactly(key);
    assertThat(RawRequest.of(gateway, "DELETE", target).send().status()).isEqualTo(204);
    assertThat(listed()).isEmpty();
  }

  @Test
  void allOfThemLiveBesideEachOtherInTheOrderOfTheirBytes() throws IOException {
    for (String key : keys().toList()) {
      RawRequest.of(gateway, "PUT", "/" + bucket + "/" + encode(key)).body(key).send();
    }
    List<String> expected = keys().sorted(Comparator.comparing(KeysIT::hex)).toList();

    assertThat(listed()).isEqualTo(expected);
    for (String key : expected) {
      assertThat(RawRequest.of(gateway, "GET", "/" + bucket + "/" + encode(key)).send().text())
          .isEqualTo(key);
    }
  }

  @ParameterizedTest
  @CsvSource({"plain", "a//b", "a/./b", "with space", "a+b", "ümlaut", "per%cent", "a%2Fb"})
  void bothSynchronousClientsSendTheSameKey(String key) {
    put(key, "apache");
    assertThat(get(key)).isEqualTo("apache");
    try (S3Client client = SdkClients.urlConnection(gateway)) {
      client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("jdk"));
    }
    assertThat(get(key)).isEqualTo("jdk");
  }

  @ParameterizedTest
  @CsvSource({"a%2Fb, a/b", "a%2fb, a/b", "a%252Fb, a%2Fb", "%61, a", "a%2B, a+"})
  void thePathIsDecodedOnce(String sent, String key) throws IOException {
    put(key, "the one");

    RawResponse answer = RawRequest.of(gateway, "GET", "/" + bucket + "/" + sent).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("the one");
  }

  @Test
  void aKeyOf1025BytesIsTooLong() throws IOException {
    for (String key : List.of("x".repeat(1025), "é".repeat(512) + "x")) {
      RawResponse answer =
          RawRequest.of(gateway, "PUT", "/" + bucket + "/" + encode(key)).body("x").send();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.errorCode()).isEqualTo("KeyTooLongError");
    }
  }

  @Test
  void aPathThatClimbsAboveTheRootIsRefused() throws IOException {
    put("k", "x");

    RawResponse answer =
        RawRequest.of(gateway, "GET", "/" + bucket + "/../../../" + bucket + "/k").send();

    assertThat(answer.status()).isEqualTo(400);
  }

  /** Encoded on the wire, since XML 1.0 cannot hold every character that a key can. */
  private List<String> listed() {
    return s3
        .listObjectsV2(r -> r.bucket(bucket).encodingType(EncodingType.URL))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  private static String encode(String key) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : key.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (one & 0xFF);
      boolean plain =
          character < 0x80 && (Character.isLetterOrDigit(character) || "-._~/".indexOf(one) >= 0);
      encoded.append(plain ? String.valueOf(character) : String.format("%%%02X", one & 0xFF));
    }
    return encoded.toString();
  }

  private static String hex(String key) {
    StringBuilder hex = new StringBuilder();
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    for (byte one : bytes) {
      hex.append(String.format("%02x", one & 0xFF));
    }
    return hex.toString();
  }
}
