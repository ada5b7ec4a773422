package io.sluice.operation;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.protocol.S3Headers;
import io.sluice.storage.ObjectStore;
import io.sluice.uri.QueryString;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tags of an object: at most ten, keys of 1 to 128 characters that differ, values of up to 256.
 * Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">Object
 *     tagging</a>
 */
@JsonRootName("Tagging")
public record ObjectTagging(@Nullable TagSet tagSet) {
  /** The name of the document that holds the tags of a version. */
  public static final String DOCUMENT = "tagging";

  /** The header that sets them. */
  public static final String HEADER = "x-amz-tagging";

  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int MAX_TAGS = 10;
  private static final int MAX_KEY_LENGTH = 128;
  private static final int MAX_VALUE_LENGTH = 256;

  /** The set. */
  public record TagSet(List<Tag> tag) {
    /** No tags at all come as null. */
    public TagSet {
      tag = tag == null ? List.of() : List.copyOf(tag);
    }
  }

  /** A tag. */
  public record Tag(@Nullable String key, @Nullable String value) {}

  /** The most that a document may hold. */
  public static int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  /** The tags of a list. */
  public static ObjectTagging of(List<Tag> tags) {
    ObjectTagging tagging = new ObjectTagging(new TagSet(tags));
    tagging.check();
    return tagging;
  }

  /**
   * Parses a document.
   *
   * @throws S3Exception MalformedXML, InvalidTag, BadRequest
   */
  public static ObjectTagging parse(byte[] body) {
    ObjectTagging tagging = XmlBodies.read(body, ObjectTagging.class);
    if (tagging.tagSet() == null) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    return of(tagging.tags());
  }

  /** The documents that a write with {@code x-amz-tagging} puts beside the object. */
  public static Map<String, byte[]> documents(S3Headers headers) {
    String header = headers.joinedUtf8(HEADER);
    if (header == null || header.isEmpty()) {
      return Map.of();
    }
    List<Tag> tags = new ArrayList<>();
    for (QueryString.Parameter parameter : QueryString.parse(header).parameters()) {
      tags.add(new Tag(parameter.name(), parameter.value() == null ? "" : parameter.value()));
    }
    return Map.of(DOCUMENT, of(tags).bytes());
  }

  /**
   * The number of an object's tags as {@code x-amz-tagging-count} has it; null for none. A store
   * that tells it with the object is not asked again.
   */
  public static @Nullable String count(ObjectStore objects, ObjectRef object, ObjectInfo info)
      throws IOException {
    String told = info.metadata().system(ObjectMetadata.TAGGING_COUNT);
    if (told != null) {
      return told.equals("0") ? null : told;
    }
    byte[] document = info.documents() ? objects.document(object, DOCUMENT).orElse(null) : null;
    int count = document == null ? 0 : parse(document).tags().size();
    return count == 0 ? null : Integer.toString(count);
  }

  /** The tags, in order. */
  public List<Tag> tags() {
    return tagSet == null ? List.of() : tagSet.tag();
  }

  /** The document. */
  public byte[] bytes() {
    return XmlBodies.write(this);
  }

  private void check() {
    if (tags().size() > MAX_TAGS) {
      throw S3ErrorCode.BAD_REQUEST.exception("Object tags cannot be greater than " + MAX_TAGS);
    }
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags()) {
      String key = tag.key() == null ? "" : tag.key();
      String value = tag.value() == null ? "" : tag.value();
      if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || key.startsWith("aws:")) {
        throw invalid("The TagKey you have provided is invalid", key);
      }
      if (value.length() > MAX_VALUE_LENGTH) {
        throw invalid("The TagValue you have provided is invalid", key);
      }
      if (!keys.add(key)) {
        throw invalid("Cannot provide multiple Tags with the same key", key);
      }
    }
  }

  private static S3Exception invalid(String message, String key) {
    return S3ErrorCode.INVALID_TAG.exception(message).with("TagKey", key);
  }
}
