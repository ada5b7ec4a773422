package io.sluice.storage.local.index;

import io.sluice.model.UploadInfo;
import java.util.Map;

/**
 * An upload as the index keeps it. Immutable.
 *
 * @param sequence its place in time
 * @param info the upload
 * @param documents documents of the object to be
 */
public record UploadRecord(long sequence, UploadInfo info, Map<String, byte[]> documents) {
  public UploadRecord {
    documents = Map.copyOf(documents);
  }
}
