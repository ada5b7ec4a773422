package io.sluice.storage;

import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.Preconditions;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an object is copied. Immutable.
 *
 * @param sourceConditions conditions on the source, evaluated as for a read; NOT_MODIFIED fails too
 * @param metadata the target's metadata; null to take the source's at the moment of the copy, but
 *     for storage class and website redirect, which a copy never takes over
 * @param own the target's storage class and website redirect where it takes the source's metadata
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
    Map<String, String> own,
    Set<String> copiedDocuments,
    Map<String, byte[]> documents,
    Preconditions targetConditions,
    String ownerId,
    @Nullable ChecksumAlgorithm checksumAlgorithm,
    KeyUnwrapping sourceKeys,
    @Nullable KeyWrapping wrapping) {
  private static final Set<String> NEVER_COPIED =
      Set.of(ObjectMetadata.STORAGE_CLASS, ObjectMetadata.WEBSITE_REDIRECT_LOCATION);

  /** Copies the collections. */
  public CopyOptions {
    own = Map.copyOf(own);
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
        Map.of(),
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
        own,
        copiedDocuments,
        documents,
        targetConditions,
        ownerId,
        checksumAlgorithm,
        keys,
        with);
  }

  /** The same with the target's own storage class and website redirect, by header name. */
  public CopyOptions withOwn(Map<String, String> others) {
    return new CopyOptions(
        sourceConditions,
        metadata,
        others,
        copiedDocuments,
        documents,
        targetConditions,
        ownerId,
        checksumAlgorithm,
        sourceKeys,
        wrapping);
  }

  /** The target's metadata, for a source that has this. */
  public ObjectMetadata metadataOf(ObjectMetadata source) {
    if (metadata != null) {
      return metadata;
    }
    Map<String, String> system = new LinkedHashMap<>(source.system());
    system.keySet().removeAll(NEVER_COPIED);
    system.putAll(own);
    return new ObjectMetadata(system, source.user());
  }

  /** The same with further documents of the source that the target takes over. */
  public CopyOptions withCopiedDocuments(Set<String> others) {
    Set<String> all = new HashSet<>(copiedDocuments);
    all.addAll(others);
    return new CopyOptions(
        sourceConditions,
        metadata,
        own,
        all,
        documents,
        targetConditions,
        ownerId,
        checksumAlgorithm,
        sourceKeys,
        wrapping);
  }
}
