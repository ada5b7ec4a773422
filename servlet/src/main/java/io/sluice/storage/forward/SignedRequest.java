package io.sluice.storage.forward;

import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was signed. Immutable but for its body.
 *
 * @param method the method, upper case
 * @param bucket the bucket
 * @param key the key; null for a request about the bucket
 * @param slash whether a path that names the bucket alone ended in a slash
 * @param rawQuery the query as it arrived, with the signature where that is in it; empty for none
 * @param headers the headers as they arrived, names in lower case, with the signature where that is
 *     in them
 * @param style how the bucket was named when it was signed; null for what the S3 has by default
 * @param body the body
 * @param effect what it does
 */
public record SignedRequest(
    String method,
    BucketName bucket,
    @Nullable ObjectKey key,
    boolean slash,
    String rawQuery,
    Map<String, List<String>> headers,
    @Nullable Style style,
    Body body,
    Effect effect) {
  /** How a bucket is named. */
  public enum Style {
    /** As the first segment of the path. */
    PATH,
    /** As the first label of the host. */
    VIRTUAL_HOSTED
  }

  /**
   * What a request changes.
   *
   * @param changed the keys of the objects that may be others afterwards
   * @param made the object that there is when it succeeds; null for none
   */
  public record Effect(Set<ObjectKey> changed, @Nullable ObjectKey made) {
    /** Nothing is changed. */
    public static final Effect NONE = new Effect(Set.of(), null);

    /** Copies the set. */
    public Effect {
      changed = Set.copyOf(changed);
    }
  }

  /** The bytes that follow the headers, framed as they arrived. */
  public interface Body {
    /** No bytes. */
    Body NONE =
        new Body() {
          @Override
          public OptionalLong lengthBytes() {
            return OptionalLong.of(0);
          }

          @Override
          public InputStream open() {
            return InputStream.nullInputStream();
          }
        };

    /** How many there are; empty when the request does not tell. */
    OptionalLong lengthBytes();

    /** Begins to read; called once at most, and not before the other side asks for them. */
    InputStream open() throws IOException;
  }

  /** Copies the headers. */
  public SignedRequest {
    headers = Map.copyOf(headers);
  }

  /** The same request about a bucket by another name. */
  public SignedRequest in(BucketName other) {
    return new SignedRequest(method, other, key, slash, rawQuery, headers, style, body, effect);
  }

  /** The same request about another object. */
  public SignedRequest about(ObjectKey other, Effect otherEffect) {
    return new SignedRequest(
        method, bucket, other, slash, rawQuery, headers, style, body, otherEffect);
  }

  /** The same request with a header in the place of those of this name. */
  public SignedRequest with(String name, String value) {
    Map<String, List<String>> changed = new LinkedHashMap<>(headers);
    changed.put(name.toLowerCase(Locale.ROOT), List.of(value));
    return new SignedRequest(method, bucket, key, slash, rawQuery, changed, style, body, effect);
  }
}
