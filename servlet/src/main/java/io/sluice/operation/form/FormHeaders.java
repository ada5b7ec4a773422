package io.sluice.operation.form;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.operation.ObjectTagging;
import io.sluice.protocol.S3Headers;
import io.sluice.uri.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a form as the headers of the write that they ask for. Stateless. */
final class FormHeaders {
  /** Fields that have the names and the meaning of headers; besides all {@code x-amz-} ones. */
  private static final Set<String> HEADERS =
      Set.of(
          "cache-control",
          "content-type",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-md5",
          "expires",
          "if-match",
          "if-none-match");

  /** Headers of the request that say who sends it, which policies ask about. */
  private static final List<String> OF_SENDER =
      List.of("user-agent", "referer", "authorization", "x-amz-date", "x-amz-content-sha256");

  /** Fields that say who signed the form; the object knows nothing of them. */
  private static final Set<String> OF_SIGNATURE =
      Set.of(
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-signature",
          "x-amz-security-token");

  /** Headers that make another operation of a PUT, or another body. */
  private static final Set<String> NOT_OF_FORMS =
      Set.of(
          "x-amz-write-offset-bytes",
          "x-amz-content-sha256",
          "x-amz-decoded-content-length",
          "x-amz-trailer");

  private FormHeaders() {}

  /**
   * Translates.
   *
   * @param fields the fields, names in lower case
   * @return header values as containers hand them out, bytes of UTF-8 as characters
   * @throws S3Exception InvalidArgument for what cannot be a header; NotImplemented for one that
   *     has no meaning in a form; MalformedXML, InvalidTag for tags
   */
  static Map<String, List<String>> of(Map<String, String> fields) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.equals("acl")) {
            put(headers, "x-amz-acl", value);
          } else if (name.equals("tagging")) {
            put(headers, ObjectTagging.HEADER, tags(value));
          } else if (HEADERS.contains(name)
              || (name.startsWith("x-amz-") && !OF_SIGNATURE.contains(name))) {
            put(headers, name, value);
          }
        });
    return headers;
  }

  /**
   * The headers that an authorizer sees: those of the write, and how it was sent and signed. No
   * field can pass for one of the sender's.
   */
  static S3Headers withSender(
      Map<String, List<String>> ofWrite, Map<String, String> fields, S3Headers request) {
    Map<String, List<String>> headers = new LinkedHashMap<>(ofWrite);
    for (String name : OF_SENDER) {
      if (request.has(name)) {
        headers.put(name, request.all(name));
      }
    }
    if (fields.containsKey("x-amz-signature")) {
      for (String name : List.of("x-amz-algorithm", "x-amz-date")) {
        headers.put(name, List.of(fields.getOrDefault(name, "")));
      }
    }
    return S3Headers.of(headers);
  }

  private static void put(Map<String, List<String>> headers, String name, String value) {
    if (NOT_OF_FORMS.contains(name) || name.startsWith("x-amz-copy-source")) {
      throw S3ErrorCode.NOT_IMPLEMENTED
          .exception("A form cannot have the field " + name + ".")
          .with("Header", name);
    }
    String text = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    boolean fits =
        name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")
            && text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F));
    if (!fits || headers.put(name, List.of(text)) != null) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The field cannot be a header of the object.")
          .with("ArgumentName", name)
          .with("ArgumentValue", value);
    }
  }

  /** Tags come as the document of PutObjectTagging, and go on as the header of PutObject. */
  private static String tags(String document) {
    List<String> pairs = new ArrayList<>();
    byte[] xml = document.strip().getBytes(StandardCharsets.UTF_8);
    for (ObjectTagging.Tag tag : ObjectTagging.parse(xml).tags()) {
      String value = tag.value() == null ? "" : tag.value();
      pairs.add(
          PercentCoding.encode(tag.key() == null ? "" : tag.key(), "")
              + '='
              + PercentCoding.encode(value, ""));
    }
    return String.join("&", pairs);
  }
}
