package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ten checksums, by the check values that their authors publish. */
class ChecksumsIT extends GatewayCase {

  @ParameterizedTest
  @CsvSource({
    "crc32,     123456789, cbf43926",
    "crc32c,    123456789, e3069283",
    "crc64nvme, 123456789, ae8b14860a799888",
    "sha1,      abc, a9993e364706816aba3e25717850c26c9cd0d89d",
    "sha256,    abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "md5,       abc, 900150983cd24fb0d6963f7d28e17f72",
    "xxhash64,  '',  ef46db3751d8e999",
    "xxhash3,   '',  2d06800538d394c2",
    "xxhash128, '',  99aa06d3014798d86001c324468d497f"
  })
  void aRightOneIsKeptAndAWrongOneRefused(String algorithm, String text, String hex)
      throws IOException {
    String header = "x-amz-checksum-" + algorithm;
    byte[] value = HexFormat.of().parseHex(hex);
    String right = Base64.getEncoder().encodeToString(value);
    value[0] ^= 1;
    String wrong = Base64.getEncoder().encodeToString(value);

    RawResponse stored = request("PUT").header(header, right).body(text).send();
    RawResponse refused = request("PUT").header(header, wrong).body(text).send();
    RawResponse read = request("GET").header("x-amz-checksum-mode", "ENABLED").send();

    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
    assertThat(stored.header(header)).isEqualTo(right);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(read.header(header)).isEqualTo(right);
    assertThat(read.text()).isEqualTo(text);
  }

  @Test
  void sha512() throws IOException {
    aRightOneIsKeptAndAWrongOneRefused(
        "sha512",
        "abc",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  }

  @Test
  void twoInOneRequestAreInvalid() throws IOException {
    RawResponse answer =
        request("PUT")
            .header("x-amz-checksum-crc32", "y/Q5Jg==")
            .header("x-amz-checksum-crc32c", "4waSgw==")
            .body("123456789")
            .send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("InvalidRequest");
  }

  private RawRequest request(String method) {
    return RawRequest.of(gateway, method, "/" + bucket + "/k");
  }
}
