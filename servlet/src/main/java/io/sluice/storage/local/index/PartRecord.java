package io.sluice.storage.local.index;

import io.sluice.model.PartInfo;
import java.util.List;

/**
 * A part as the index keeps it, of an upload or in a manifest. Immutable.
 *
 * @param sequence its identity as an owner of blobs, which completion does not change
 * @param info the part
 * @param extents its bytes
 */
public record PartRecord(long sequence, PartInfo info, List<Extent> extents) {
  public PartRecord {
    extents = List.copyOf(extents);
  }
}
