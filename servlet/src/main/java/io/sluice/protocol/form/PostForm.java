package io.sluice.protocol.form;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a browser's upload, read up to the first byte of its file. What comes behind the file
 * is read away, as on AWS. Confined to one request.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html">HTML form
 *     fields</a>
 */
public final class PostForm {
  /** The field that holds the file. */
  public static final String FILE = "file";

  /** AWS: the fields before the file are limited to 20 KB. */
  private static final int MAX_FIELD_BYTES = 20 * 1024;

  /** The same with headers and boundaries, and whatever stands before the first one. */
  private static final int MAX_BYTES_BEFORE_FILE = 4 * MAX_FIELD_BYTES;

  private static final String FILE_NAME = "${filename}";

  private final Map<String, String> fields;
  private final MultipartReader reader;

  private PostForm(Map<String, String> fields, MultipartReader reader) {
    this.fields = Collections.unmodifiableMap(fields);
    this.reader = reader;
  }

  /**
   * Reads the fields.
   *
   * @param in the request's body
   * @throws S3Exception MalformedPOSTRequest, MaxPostPreDataLengthExceeded, InvalidArgument for a
   *     field that is there twice and for a form without a file
   */
  public static PostForm read(InputStream in, FormBoundary boundary) throws IOException {
    MultipartReader reader = new MultipartReader(in, boundary);
    Map<String, String> fields = new LinkedHashMap<>();
    int left = MAX_FIELD_BYTES;
    for (FormPart part = next(reader); part != null; part = next(reader)) {
      if (part.name().equals(FILE)) {
        return new PostForm(expanded(fields, part.fileName()), reader);
      }
      left -= part.name().getBytes(StandardCharsets.UTF_8).length;
      byte[] value = value(reader, left);
      left -= value.length;
      if (fields.put(part.name(), MultipartReader.utf8(ByteBuffer.wrap(value))) != null) {
        throw S3ErrorCode.INVALID_ARGUMENT
            .exception("The field " + part.name() + " is there more than once.")
            .with("ArgumentName", part.name());
      }
    }
    throw S3ErrorCode.INVALID_ARGUMENT
        .exception(S3ErrorCode.INCORRECT_NUMBER_OF_FILES_IN_POST_REQUEST.defaultMessage())
        .with("ArgumentName", FILE)
        .with("ArgumentValue", 0);
  }

  private static @Nullable FormPart next(MultipartReader reader) throws IOException {
    return reader.next(MAX_BYTES_BEFORE_FILE);
  }

  private static byte[] value(MultipartReader reader, int maxBytes) throws IOException {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    int count = 0;
    while (count >= 0) {
      value.write(buffer, 0, count);
      if (value.size() > maxBytes || reader.consumedBytes() > MAX_BYTES_BEFORE_FILE) {
        throw S3ErrorCode.MAX_POST_PRE_DATA_LENGTH_EXCEEDED.exception();
      }
      count = reader.read(buffer, 0, buffer.length);
    }
    return value.toByteArray();
  }

  private static Map<String, String> expanded(
      Map<String, String> fields, @Nullable String fileName) {
    String name = fileName == null ? "" : fileName;
    fields.replaceAll((field, value) -> value.replace(FILE_NAME, name));
    return fields;
  }

  /**
   * The fields before the file in order of arrival: names in lower case, values with the name of
   * the file where they hold {@code ${filename}}; unmodifiable.
   */
  public Map<String, String> fields() {
    return fields;
  }

  /** A field's value; null when it is absent or stands behind the file. */
  public @Nullable String get(String name) {
    return fields.get(name);
  }

  /**
   * The bytes of the file. The end comes only once the whole form has been read to its closing
   * boundary and the body to its end; a body that is cut off throws instead.
   *
   * @param minBytes the least that it may hold: EntityTooSmall below
   * @param maxBytes the most that it may hold: EntityTooLarge above
   */
  public InputStream file(long minBytes, long maxBytes) {
    return new FormFile(reader, minBytes, maxBytes);
  }
}
