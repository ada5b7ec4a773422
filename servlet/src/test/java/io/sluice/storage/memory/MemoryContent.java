package io.sluice.storage.memory;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.storage.ContentSink;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import java.io.IOException;
import java.util.List;

/** Bytes in memory on their way out. */
record MemoryContent(ObjectInfo info, ByteRange.Resolved range, byte[] bytes)
    implements ObjectContent {
  static MemoryContent open(
      ObjectInfo info, byte[] bytes, List<PartInfo> parts, ReadOptions options) {
    Preconditions.Outcome outcome = options.conditions().evaluateRead(info);
    if (outcome == Preconditions.Outcome.FAILED) {
      throw S3ErrorCode.PRECONDITION_FAILED.exception();
    }
    if (outcome == Preconditions.Outcome.NOT_MODIFIED) {
      throw new NotModifiedException(info);
    }
    return new MemoryContent(info, resolve(info, parts, options), bytes);
  }

  private static ByteRange.Resolved resolve(
      ObjectInfo info, List<PartInfo> parts, ReadOptions options) {
    ByteRange range = options.range();
    Integer partNumber = options.partNumber();
    if (range != null) {
      return range.resolve(info.sizeBytes());
    }
    if (partNumber == null || (parts.isEmpty() && partNumber == 1)) {
      return new ByteRange.Resolved(0, info.sizeBytes());
    }
    long offset = 0;
    for (PartInfo part : parts) {
      if (part.partNumber() == partNumber) {
        return new ByteRange.Resolved(offset, part.sizeBytes());
      }
      offset += part.sizeBytes();
    }
    throw S3ErrorCode.INVALID_PART_NUMBER
        .exception()
        .with("PartNumberRequested", partNumber)
        .with("ActualPartCount", Math.max(1, parts.size()));
  }

  @Override
  public void transferTo(ContentSink sink) throws IOException {
    sink.write(bytes, (int) range.offset(), (int) range.length());
  }

  @Override
  public void close() {}
}
