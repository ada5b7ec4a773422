package io.sluice.operation.object;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.PartInfo;
import io.sluice.operation.ChecksumHeaders;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.EncodedWord;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.IntegerParameter;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.encryption.KeyUnwrapping;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What GetObject and HeadObject have in common: the options of a read, and the headers that tell an
 * object. Immutable.
 */
record ReadHeaders(ReadOptions options, Map<String, String> overrides, boolean checksums) {
  private static final String DEFAULT_CONTENT_TYPE = "binary/octet-stream";

  private static final Map<String, String> OVERRIDES =
      Map.of(
          "response-content-type", "Content-Type",
          "response-content-language", "Content-Language",
          "response-expires", "Expires",
          "response-cache-control", "Cache-Control",
          "response-content-disposition", "Content-Disposition",
          "response-content-encoding", "Content-Encoding");

  static ReadHeaders from(S3Request request, KeyUnwrapping keys) {
    String header = request.headers().get("Range");
    ByteRange range = header == null ? null : ByteRange.parse(header).orElse(null);
    String part = request.query().get("partNumber");
    if (header != null && part != null) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Cannot specify both Range header and partNumber query parameter");
    }
    Integer partNumber = part == null ? null : partNumber(part);
    return new ReadHeaders(
        new ReadOptions(range, partNumber, ConditionHeaders.ofRead(request.headers()), keys),
        overrides(request),
        "ENABLED".equalsIgnoreCase(request.headers().get("x-amz-checksum-mode")));
  }

  private static int partNumber(String text) {
    int number = IntegerParameter.parse("partNumber", text, 1);
    if (number > PartInfo.MAX_PART_NUMBER) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Part number must be an integer between 1 and 10000, inclusive")
          .with("ArgumentName", "partNumber")
          .with("ArgumentValue", text);
    }
    return number;
  }

  private static Map<String, String> overrides(S3Request request) {
    if (request.query().parameters().isEmpty()) {
      return Map.of();
    }
    Map<String, String> overrides = new LinkedHashMap<>();
    OVERRIDES.forEach(
        (parameter, header) ->
            request.query().nonEmpty(parameter).ifPresent(value -> overrides.put(header, value)));
    if (!overrides.isEmpty() && request.identity().isAnonymous()) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Request specific response headers cannot be used for anonymous GET requests.");
    }
    overrides.values().forEach(ReadHeaders::checkHeaderValue);
    return overrides;
  }

  /** A value that could begin another header never reaches a response. */
  private static void checkHeaderValue(String value) {
    if (!value.chars().allMatch(c -> c >= 0x20 && c != 0x7F && c < 0x100)) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Header value cannot be represented using ISO-8859-1.")
          .with("ArgumentValue", value);
    }
  }

  /** Whether less than the object is asked for, so that the status is 206. */
  boolean partial() {
    return options.range() != null || options.partNumber() != null;
  }

  /** The status of a read. */
  int status() {
    return partial() ? 206 : 200;
  }

  /** Adds the headers of a read that succeeds. */
  S3Response describe(S3Response response, ObjectInfo info, ByteRange.Resolved range) {
    describeUnmodified(response, info);
    ObjectMetadata metadata = info.metadata();
    response.header("Accept-Ranges", "bytes");
    if (partial() && info.sizeBytes() > 0) {
      response.header("Content-Range", range.contentRange(info.sizeBytes()));
    }
    system(response, "Content-Type", metadata.system(ObjectMetadata.CONTENT_TYPE));
    system(response, "Content-Language", metadata.system(ObjectMetadata.CONTENT_LANGUAGE));
    system(response, "Expires", metadata.system(ObjectMetadata.EXPIRES));
    system(response, "Cache-Control", metadata.system(ObjectMetadata.CACHE_CONTROL));
    system(response, "Content-Disposition", metadata.system(ObjectMetadata.CONTENT_DISPOSITION));
    system(response, "Content-Encoding", metadata.system(ObjectMetadata.CONTENT_ENCODING));
    response.header(
        ObjectMetadata.WEBSITE_REDIRECT_LOCATION,
        metadata.system(ObjectMetadata.WEBSITE_REDIRECT_LOCATION));
    response.header(ObjectMetadata.STORAGE_CLASS, metadata.system(ObjectMetadata.STORAGE_CLASS));
    metadata
        .user()
        .forEach((name, value) -> response.header("x-amz-meta-" + name, EncodedWord.encode(value)));
    if (options.partNumber() != null && info.partCount() > 0) {
      response.header("x-amz-mp-parts-count", Integer.toString(info.partCount()));
    }
    if (checksums && range.length() == info.sizeBytes()) {
      ChecksumHeaders.add(response, info.checksums());
    }
    return response;
  }

  private void system(S3Response response, String name, @Nullable String stored) {
    String override = overrides.get(name);
    String value = override == null ? stored : override;
    if (value == null && name.equals("Content-Type")) {
      value = DEFAULT_CONTENT_TYPE;
    }
    response.header(name, value);
  }

  /** Adds the headers that a 304 has too. */
  static S3Response describeUnmodified(S3Response response, ObjectInfo info) {
    return response
        .header("Last-Modified", HttpDate.format(info.modifiedAt()))
        .header("ETag", info.etag().quoted())
        .header("x-amz-version-id", info.version().id());
  }
}
