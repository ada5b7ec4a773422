package io.sluice.storage;

import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.Preconditions;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an object is copied. Immutable.
 *
 * @param sourceConditions conditions on the source, evaluated as for a read; NOT_MODIFIED fails too
 * @param metadata the target's metadata; null to take the source's
 * @param copiedDocuments names of the source's documents that the target takes over
 * @param documents documents of the target beside those, such as {@code acl}
 * @param targetConditions conditions on what the target's key holds now
 * @param ownerId canonical id of the account that owns the target
 * @param checksumAlgorithm checksum that the target shall have; null to keep the source's
 * @param sourceKeys what an encrypted source is decrypted with
 * @param wrapping what the target is encrypted with, or null
 */
public record CopyOptions(
    Preconditions sourceConditions,
    @Nullable ObjectMetadata metadata,
    Set<String> copiedDocuments,
    Map<String, byte[]> documents,
    Preconditions targetConditions,
    String ownerId,
    @Nullable ChecksumAlgorithm checksumAlgorithm,
    KeyUnwrapping sourceKeys,
    @Nullable KeyWrapping wrapping) {
  /** Copies the collections. */
  public CopyOptions {
    copiedDocuments = Set.copyOf(copiedDocuments);
    documents = Map.copyOf(documents);
  }

  /** A copy of and to what is not encrypted. */
  public CopyOptions(
      Preconditions sourceConditions,
      @Nullable ObjectMetadata metadata,
      Set<String> copiedDocuments,
      Map<String, byte[]> documents,
      Preconditions targetConditions,
      String ownerId,
      @Nullable ChecksumAlgorithm checksumAlgorithm) {
    this(
        sourceConditions,
        metadata,
        copiedDocuments,
        documents,
        targetConditions,
        ownerId,
        checksumAlgorithm,
        KeyUnwrapping.NONE,
        null);
  }

  /** The same with what both sides are encrypted with. */
  public CopyOptions withEncryption(KeyUnwrapping keys, @Nullable KeyWrapping with) {
    return new CopyOptions(
        sourceConditions,
        metadata,
        copiedDocuments,
        documents,
        targetConditions,
        ownerId,
        checksumAlgorithm,
        keys,
        with);
  }

  /** The same with the target's metadata. */
  public CopyOptions withMetadata(ObjectMetadata other) {
    return new CopyOptions(
        sourceConditions,
        other,
        copiedDocuments,
        documents,
        targetConditions,
        ownerId,
        checksumAlgorithm,
        sourceKeys,
        wrapping);
  }

  /** The same with further documents of the source that the target takes over. */
  public CopyOptions withCopiedDocuments(Set<String> others) {
    Set<String> all = new HashSet<>(copiedDocuments);
    all.addAll(others);
    return new CopyOptions(
        sourceConditions,
        metadata,
        all,
        documents,
        targetConditions,
        ownerId,
        checksumAlgorithm,
        sourceKeys,
        wrapping);
  }
}
