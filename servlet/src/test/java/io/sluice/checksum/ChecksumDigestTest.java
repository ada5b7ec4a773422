package io.sluice.checksum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.ChecksumAlgorithm;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumDigestTest {
  /** The catalogues' check values: the digest of {@code 123456789}. */
  @ParameterizedTest
  @CsvSource({
    "CRC32, cbf43926",
    "CRC32C, e3069283",
    "CRC64NVME, ae8b14860a799888",
    "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
    "MD5, 25f9e794323b453885f5181f1b624d0b",
    "XXHASH64, 8cb841db40e6ae83",
  })
  void checkValues(ChecksumAlgorithm algorithm, String hex) {
    byte[] digest = ChecksumDigest.digest(algorithm, "123456789".getBytes(US_ASCII));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(hex);
  }

  /** xxHash's published values for the empty string. */
  @ParameterizedTest
  @CsvSource({
    "XXHASH64, ef46db3751d8e999",
    "XXHASH3, 2d06800538d394c2",
    "XXHASH128, 99aa06d3014798d86001c324468d497f",
  })
  void emptyValues(ChecksumAlgorithm algorithm, String hex) {
    assertThat(HexFormat.of().formatHex(ChecksumDigest.digest(algorithm, new byte[0])))
        .isEqualTo(hex);
  }

  @Property(tries = 300)
  void splittingChangesNothing(@ForAll ChecksumAlgorithm algorithm, @ForAll byte[] bytes) {
    ChecksumDigest split = ChecksumDigest.of(algorithm);
    int middle = bytes.length / 3;
    split.update(bytes, 0, middle);
    split.update(bytes, middle, bytes.length - middle);
    byte[] digest = split.digest();
    assertThat(digest)
        .hasSize(algorithm.lengthBytes())
        .isEqualTo(ChecksumDigest.digest(algorithm, bytes));
  }

  @Property(tries = 300)
  void combinationIsTheWhole(@ForAll byte[] first, @ForAll byte[] second) {
    byte[] whole = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, whole, first.length, second.length);
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      if (algorithm.combinable()) {
        assertThat(
                CrcCombination.combine(
                    algorithm,
                    ChecksumDigest.digest(algorithm, first),
                    ChecksumDigest.digest(algorithm, second),
                    second.length))
            .as(algorithm.wireName())
            .isEqualTo(ChecksumDigest.digest(algorithm, whole));
      }
    }
  }
}
