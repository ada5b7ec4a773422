package io.sluice.storage.memory;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.ObjectVersion;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Usage;
import io.sluice.model.Versioning;
import io.sluice.storage.PartAssembly;
import io.sluice.storage.Payload;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.MemoryState.Bucket;
import io.sluice.storage.memory.MemoryState.Stored;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Renaming and appending in memory. */
final class MemoryEdits {
  private final MemoryState state;

  MemoryEdits(MemoryState state) {
    this.state = state;
  }

  void rename(ObjectRef source, ObjectKey target, RenameOptions options) {
    synchronized (state) {
      Bucket bucket = state.bucket(source.bucket());
      if (source.key().equals(target)) {
        throw S3ErrorCode.INVALID_REQUEST.exception();
      }
      String token = options.clientToken();
      String request = source.key() + "\0" + target;
      String known = token == null ? null : bucket.renames.get(token);
      if (known != null && known.equals(request)) {
        return;
      }
      if (known != null) {
        throw S3ErrorCode.IDEMPOTENCY_PARAMETER_MISMATCH.exception();
      }
      Stored from = state.read(ObjectRef.of(source.bucket(), source.key()));
      if (options.sourceConditions().evaluateRead(bucket.view(from))
          != Preconditions.Outcome.PROCEED) {
        throw S3ErrorCode.PRECONDITION_FAILED.exception();
      }
      options.targetConditions().checkWrite(bucket.currentInfo(target));
      ObjectInfo old = from.info();
      ObjectInfo info =
          new ObjectInfo(
              target,
              new ObjectVersion(state.nextVersionId(bucket), true, false),
              old.sizeBytes(),
              old.etag(),
              old.modifiedAt(),
              old.metadata(),
              old.checksums(),
              old.partCount(),
              old.ownerId());
      bucket.add(new Stored(info, from.bytes(), from.documents(), from.parts()));
      if (bucket.info.versioning() == Versioning.UNVERSIONED) {
        bucket.remove(from);
      } else {
        bucket.add(
            MemoryObjectStore.marker(source.key(), state.nextVersionId(bucket), options.ownerId()));
      }
      if (token != null) {
        bucket.renames.put(token, request);
      }
    }
  }

  ObjectInfo append(ObjectRef target, long offsetBytes, WriteOptions options, Payload payload)
      throws IOException {
    byte[] bytes = payload.stream().readAllBytes();
    synchronized (state) {
      Bucket bucket = state.bucket(target.bucket());
      Stored current = bucket.current(target.key());
      options.conditions().checkWrite(bucket.currentInfo(target.key()));
      if (offsetBytes != (current == null ? 0 : current.bytes().length)) {
        throw S3ErrorCode.INVALID_WRITE_OFFSET.exception();
      }
      List<PartInfo> parts = new ArrayList<>();
      if (current != null && current.parts().isEmpty() && offsetBytes > 0) {
        ObjectInfo info = current.info();
        parts.add(new PartInfo(1, offsetBytes, info.etag(), info.modifiedAt(), info.checksums()));
      } else if (current != null) {
        parts.addAll(current.parts());
      }
      bucket.admit(new Usage(bytes.length, current == null ? 1 : 0, 0, 0));
      int number = parts.isEmpty() ? 1 : parts.get(parts.size() - 1).partNumber() + 1;
      parts.add(
          new PartInfo(
              number, bytes.length, payload.etag(), MemoryState.now(), payload.checksums()));
      PartAssembly assembly =
          PartAssembly.ofAppended(parts, current == null ? List.of() : current.info().checksums());
      byte[] whole = new byte[(int) offsetBytes + bytes.length];
      if (current != null) {
        System.arraycopy(current.bytes(), 0, whole, 0, (int) offsetBytes);
      }
      System.arraycopy(bytes, 0, whole, (int) offsetBytes, bytes.length);
      Map<String, byte[]> documents = new HashMap<>();
      if (current != null) {
        documents.putAll(current.documents());
      }
      documents.putAll(options.documents());
      ObjectInfo info =
          new ObjectInfo(
              target.key(),
              new ObjectVersion(state.nextVersionId(bucket), true, false),
              whole.length,
              current == null ? payload.etag() : assembly.etag(),
              MemoryState.now(),
              current == null ? options.metadata() : current.info().metadata(),
              offsetBytes == 0 ? payload.checksums() : assembly.checksums(),
              current == null ? 0 : parts.size(),
              current == null ? options.ownerId() : current.info().ownerId());
      Stored stored = new Stored(info, whole, documents, current == null ? List.of() : parts);
      bucket.add(stored);
      return bucket.view(stored);
    }
  }
}
