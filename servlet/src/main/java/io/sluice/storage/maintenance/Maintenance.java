package io.sluice.storage.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a back end that owns its bytes can do to keep them. Thread-safe; everything here may run
 * while clients read and write.
 */
public interface Maintenance {
  /** What becomes of files that nothing refers to. */
  enum Orphans {
    /** They are reported. */
    REPORT,
    /** They are reported and deleted. */
    DELETE
  }

  /**
   * What a check looked at. Immutable.
   *
   * @param versions versions and delete markers
   * @param parts parts of uploads under way
   * @param blobs files of stored bytes
   * @param bytes stored bytes that were read and compared
   * @param findings findings that were told
   */
  record Checked(long versions, long parts, long blobs, long bytes, long findings) {}

  /**
   * What a snapshot holds. Immutable.
   *
   * @param blobs files of stored bytes
   * @param bytes their sizes together
   * @param missing files that objects refer to and that are not there any more
   */
  record Copied(long blobs, long bytes, long missing) {}

  /**
   * What the scrubber has done since the back end was opened. Immutable.
   *
   * @param passes times that it has read everything
   * @param bytes bytes that it has read
   * @param damagedBlobs files known to be damaged now
   * @param findings damage that it has found
   */
  record Scrubbed(long passes, long bytes, long damagedBlobs, long findings) {}

  /**
   * Compares everything with everything and reads all bytes, at the rate that the settings allow.
   *
   * @param told takes each finding as it is found, in the caller's thread
   * @throws IOException when the check itself cannot go on
   * @throws InterruptedException when the thread is told to stop
   */
  Checked check(Orphans orphans, Consumer<Finding> told) throws IOException, InterruptedException;

  /**
   * Makes a consistent copy that can be opened as it is, without copying what never changes.
   *
   * @param target a directory that is empty or does not exist; complete once it is there
   * @throws IOException in one line that says what is in the way; nothing is left at the target
   */
  Copied snapshot(Path target) throws IOException;

  /** What the scrubber has done; all zero when it is off. */
  Scrubbed scrubbed();
}
