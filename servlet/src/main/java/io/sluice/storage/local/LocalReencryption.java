package io.sluice.storage.local;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.VersionRecord;
import java.io.IOException;
import java.util.List;

/**
 * Has the keys of a version's bytes wrapped by others: what is written is its records, whatever the
 * size. Thread-safe.
 */
final class LocalReencryption {
  private final LocalEngine engine;

  LocalReencryption(LocalEngine engine) {
    this.engine = engine;
  }

  /** Asked under the lock, before a version changes. */
  interface Guard {
    void check(Place place, ObjectIndex.Located version) throws IOException;
  }

  /** {@link io.sluice.storage.ObjectStore#setEncryption}. */
  ObjectInfo set(ObjectRef target, KeyUnwrapping keys, KeyWrapping wrapping, Guard guard)
      throws IOException {
    Place early = engine.buckets().place(target);
    VersionReader.Opened opened =
        engine
            .reader()
            .open(
                early,
                target.versionId(),
                (located, parts) -> {
                  if (located.version().encryption() == null) {
                    throw S3ErrorCode.INVALID_REQUEST.exception("The object is not encrypted.");
                  }
                  keys.admit(located.version().encryption());
                  return VersionReader.extents(located.version(), parts);
                });
    try (OpenVersion version = opened.version();
        LocalCopies.Taken taken = new LocalCopies.Taken(wrapping)) {
      version.unlock(keys, opened.extents());
      taken.rewrap(version, opened.extents());
      try (KeyLocks.Held held = engine.locks().key(early)) {
        IndexBatch batch = engine.batch(held);
        Place place = engine.buckets().place(target);
        ObjectIndex.Located located = engine.index().read(place, target.versionId());
        VersionRecord before = located.version();
        if (before.sequence() != version.version().sequence()) {
          throw S3ErrorCode.OPERATION_ABORTED.exception();
        }
        guard.check(place, located);
        ObjectIndex.Located after =
            new ObjectIndex.Located(
                before.withEncryption(wrapping.encryption(), taken.rewrapped(before.extents())),
                located.current(),
                located.latest());
        engine.index().rewrite(batch, place, after);
        if (!version.parts().isEmpty()) {
          List<PartRecord> parts =
              version.parts().stream()
                  .map(
                      part ->
                          new PartRecord(
                              part.sequence(), part.info(), taken.rewrapped(part.extents())))
                  .toList();
          byte[] row = IndexKeys.id(before.sequence());
          batch.put(Column.MANIFESTS, row, IndexCodec.encodeManifest(parts));
        }
        engine.commit(batch, null);
        return after.info(place);
      }
    }
  }
}
