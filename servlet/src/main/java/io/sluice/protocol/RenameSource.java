package io.sluice.protocol;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;

/** The grammar of {@code x-amz-rename-source}: a key of the same bucket. Stateless. */
public final class RenameSource {
  /** The header. */
  public static final String HEADER = "x-amz-rename-source";

  private RenameSource() {}

  /**
   * Parses; the bucket may stand in front.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument
   */
  public static ObjectRef parse(BucketName bucket, S3Headers headers) {
    String header = headers.nonBlank(HEADER).orElse("");
    String path = CopySource.decode(header.strip());
    String prefix = "/" + bucket + "/";
    if (path.startsWith(prefix)) {
      path = path.substring(prefix.length());
    } else if (path.startsWith("/")) {
      path = path.substring(1);
    }
    if (path.isEmpty()) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Rename Source must be the key of an object of the same bucket")
          .with("ArgumentName", HEADER)
          .with("ArgumentValue", header);
    }
    return ObjectRef.of(bucket, new ObjectKey(path));
  }
}
