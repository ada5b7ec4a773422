package io.sluice.operation.setting;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.operation.ObjectTagging;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a bucket: at most fifty, keys of 1 to 128 characters that differ, values of up to
 * 256. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html">API</a>
 */
@JsonRootName("Tagging")
record BucketTagging(ObjectTagging.@Nullable TagSet tagSet) {
  static final BucketSetting<BucketTagging> SETTING =
      new BucketSetting<>(
          "tagging",
          BucketTagging.class,
          64 * 1024,
          BucketSetting.Integrity.REQUIRED,
          200,
          bucket -> {
            throw S3ErrorCode.NO_SUCH_TAG_SET.exception().with("BucketName", bucket.value());
          },
          (request, tagging) -> tagging.check());

  private static final int MAX_TAGS = 50;

  /** AWS: letters, digits and spaces of any script, and a few signs. */
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");

  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

  private void check() {
    if (tagSet == null) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    if (tagSet.tag().size() > MAX_TAGS) {
      throw S3ErrorCode.BAD_REQUEST.exception("Bucket tag count cannot be greater than 50");
    }
    Set<String> keys = new HashSet<>();
    for (ObjectTagging.Tag tag : tagSet.tag()) {
      String key = tag.key();
      if (key == null || tag.value() == null) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      if (key.startsWith("aws:")) {
        throw invalid("System tags cannot be added/updated by requester", key);
      }
      if (!KEY.matcher(key).matches()) {
        throw invalid("The TagKey you have provided is invalid", key);
      }
      if (!VALUE.matcher(tag.value()).matches()) {
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
