package io.sluice.auth;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request's headers declare about its body. Immutable.
 *
 * @param contentMd5 the MD5 declared by {@code Content-MD5}; or null
 * @param sha256Hex the payload hash declared, in hex; or null
 * @param checksum the checksum declared in a header; or null
 * @param trailing the algorithm whose checksum comes in a trailer; or null
 * @param trailerNames names of all trailers announced, lower case
 */
record DeclaredDigests(
    @Nullable Checksum contentMd5,
    @Nullable String sha256Hex,
    @Nullable Checksum checksum,
    @Nullable ChecksumAlgorithm trailing,
    Set<String> trailerNames) {
  /** Headers that name the algorithm of the checksum that travels with the body. */
  private static final List<String> ALGORITHM_HEADERS =
      List.of("x-amz-sdk-checksum-algorithm", "x-amz-checksum-algorithm");

  /** Whether anything but the payload hash is declared. */
  boolean anyChecksum() {
    return contentMd5 != null || checksum != null || trailing != null;
  }

  static DeclaredDigests parse(SignableRequest request, PayloadHash payloadHash) {
    Set<String> trailerNames = trailerNames(request);
    if (!trailerNames.isEmpty()
        && !(payloadHash instanceof PayloadHash.Chunked chunked && chunked.trailer())) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "x-amz-trailer needs an x-amz-content-sha256 that ends in -TRAILER.");
    }
    Checksum checksum = describesObject(request) ? null : checksum(request);
    ChecksumAlgorithm trailing = null;
    for (String name : trailerNames) {
      ChecksumAlgorithm algorithm = ChecksumAlgorithm.ofHeader(name).orElse(null);
      if (algorithm != null && (trailing != null || checksum != null)) {
        throw multiple();
      }
      trailing = algorithm == null ? trailing : algorithm;
    }
    for (String header : ALGORITHM_HEADERS) {
      String named = request.header(header);
      if (named != null) {
        checkNamed(header, named.strip(), checksum, trailing);
      }
    }
    String sha256 = payloadHash instanceof PayloadHash.Literal literal ? literal.hex() : null;
    return new DeclaredDigests(contentMd5(request), sha256, checksum, trailing, trailerNames);
  }

  private static Set<String> trailerNames(SignableRequest request) {
    Set<String> names = new LinkedHashSet<>();
    for (String value : request.headers("x-amz-trailer")) {
      for (String name : value.split(",", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    for (String name : names) {
      if (ChecksumAlgorithm.ofHeader(name).isEmpty()) {
        throw S3ErrorCode.INVALID_REQUEST.exception(
            "The value specified in the x-amz-trailer header is not supported");
      }
    }
    return names;
  }

  private static @Nullable Checksum checksum(SignableRequest request) {
    Checksum checksum = null;
    for (String name : request.headerNames()) {
      ChecksumAlgorithm algorithm =
          name.startsWith("x-amz-checksum-") ? ChecksumAlgorithm.ofHeader(name).orElse(null) : null;
      String value = algorithm == null ? null : request.header(name);
      if (algorithm != null && value != null) {
        if (checksum != null) {
          throw multiple();
        }
        checksum = Checksum.parse(algorithm, value);
      }
    }
    return checksum;
  }

  /** CompleteMultipartUpload sends the checksum of the object, which is not that of its body. */
  private static boolean describesObject(SignableRequest request) {
    return request.method().equals("POST") && request.query().has("uploadId");
  }

  private static S3Exception multiple() {
    return S3ErrorCode.INVALID_REQUEST.exception(
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }

  private static void checkNamed(
      String header,
      String named,
      @Nullable Checksum checksum,
      @Nullable ChecksumAlgorithm trailing) {
    ChecksumAlgorithm algorithm = ChecksumAlgorithm.of(named).orElse(null);
    if (algorithm == null) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Checksum algorithm provided is unsupported. Please try again with any of the valid"
              + " types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512, MD5, XXHASH64, XXHASH3,"
              + " XXHASH128]");
    }
    ChecksumAlgorithm sent = checksum == null ? trailing : checksum.algorithm();
    if (sent != null && sent != algorithm) {
      throw S3ErrorCode.INVALID_REQUEST.exception("Value for " + header + " header is invalid.");
    }
  }

  private static @Nullable Checksum contentMd5(SignableRequest request) {
    String text = request.header("content-md5");
    if (text == null) {
      return null;
    }
    byte[] digest;
    try {
      digest = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      digest = new byte[0];
    }
    if (digest.length != ChecksumAlgorithm.MD5.lengthBytes()) {
      throw S3ErrorCode.INVALID_DIGEST.exception().with("Content-MD5", text);
    }
    return Checksum.of(ChecksumAlgorithm.MD5, digest);
  }
}
