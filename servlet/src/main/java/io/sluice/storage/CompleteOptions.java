package io.sluice.storage;

import io.sluice.model.Checksum;
import io.sluice.model.ETag;
import io.sluice.model.Preconditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an upload is completed. Immutable.
 *
 * @param parts the parts in ascending order
 * @param conditions conditions on what the key holds now
 * @param checksum the final checksum expected, or null
 * @param sizeBytes the final size expected, or null
 */
public record CompleteOptions(
    List<CompletedPart> parts,
    Preconditions conditions,
    @Nullable Checksum checksum,
    @Nullable Long sizeBytes) {
  /** Copies the list. */
  public CompleteOptions {
    parts = List.copyOf(parts);
  }

  /**
   * A part as the client lists it.
   *
   * @param partNumber 1 to 10,000
   * @param etag the part's tag
   * @param checksums the part's checksums as far as the client names them
   */
  public record CompletedPart(int partNumber, ETag etag, List<Checksum> checksums) {
    /** Copies the list. */
    public CompletedPart {
      checksums = List.copyOf(checksums);
    }
  }
}
