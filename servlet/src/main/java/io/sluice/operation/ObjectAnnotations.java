package io.sluice.operation;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Utf8Order;
import io.sluice.protocol.S3Headers;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of a version by name: this list is one document, and each payload another, which
 * the list names. A payload is written before the list that names it, and the list changes only
 * from what a change was computed of, so that a reader finds all that it reads of. Immutable.
 */
@JsonRootName("Annotations")
public record ObjectAnnotations(@Nullable List<Annotation> annotation) {
  /** The document that holds the list. */
  public static final String DOCUMENT = "annotations";

  /** The header that says whether a copy takes them over. */
  public static final String DIRECTIVE = "x-amz-object-annotation-directive";

  /** AWS: an object has up to 1,000 annotations. */
  public static final int MAX_COUNT = 1000;

  /** A copy writes them all in one commit: what they hold together is bounded for that. */
  private static final long MAX_TOTAL_BYTES = 16L << 20;

  private static final String PAYLOAD_PREFIX = "annotation/";
  private static final int MAX_ATTEMPTS = 20;

  /** Keeps the list in order. */
  public ObjectAnnotations {
    annotation = annotation == null ? List.of() : List.copyOf(annotation);
  }

  /**
   * An annotation.
   *
   * @param name its name
   * @param document the document with its payload
   * @param sizeBytes size of the payload
   * @param etag entity tag of the payload, quoted
   * @param lastModified when it was put, ISO 8601
   * @param algorithm the algorithm of its checksum
   * @param value the checksum
   */
  public record Annotation(
      String name,
      String document,
      long sizeBytes,
      String etag,
      String lastModified,
      String algorithm,
      String value) {
    /** The checksum of the payload. */
    public Checksum checksum() {
      return Checksum.parse(ChecksumAlgorithm.of(algorithm).orElseThrow(), value);
    }
  }

  /** What a list becomes, and who has a say. */
  public record Changed(ObjectAnnotations after, VersionGuard guard) {}

  /** Computes a change; asked again when somebody else was faster. */
  @FunctionalInterface
  public interface Change {
    /** What becomes of a list. */
    Changed of(ObjectAnnotations before);
  }

  /** The annotations of a version. */
  public static ObjectAnnotations of(ObjectStore objects, ObjectRef version) throws IOException {
    return parse(objects.document(version, DOCUMENT).orElse(null));
  }

  /**
   * Whether a copy takes annotations over, as it does unless it is told not to.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for an unknown directive
   */
  public static boolean copied(S3Headers headers) {
    String value = headers.nonBlank(DIRECTIVE).orElse("COPY");
    if (!value.equals("COPY") && !value.equals("EXCLUDE")) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Unknown " + DIRECTIVE + ".")
          .with("ArgumentName", DIRECTIVE)
          .with("ArgumentValue", value);
    }
    return value.equals("COPY");
  }

  private static ObjectAnnotations parse(byte @Nullable [] document) {
    return document == null
        ? new ObjectAnnotations(null)
        : XmlBodies.read(document, ObjectAnnotations.class);
  }

  /** The name of a document for a payload, which nothing else has. */
  public static String newDocument() {
    return PAYLOAD_PREFIX + UUID.randomUUID();
  }

  /** The annotations in order of their names. */
  public List<Annotation> annotations() {
    return annotation == null ? List.of() : annotation;
  }

  /** The annotation of a name. */
  public Optional<Annotation> named(String name) {
    return annotations().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /**
   * The list with an annotation, in place of the one of its name.
   *
   * @throws io.sluice.error.S3Exception AnnotationLimitExceeded
   */
  public ObjectAnnotations with(Annotation added) {
    List<Annotation> list = new ArrayList<>(without(added.name()).annotations());
    list.add(added);
    long total = list.stream().mapToLong(Annotation::sizeBytes).sum();
    if (list.size() > MAX_COUNT || total > MAX_TOTAL_BYTES) {
      throw S3ErrorCode.ANNOTATION_LIMIT_EXCEEDED.exception();
    }
    list.sort(Comparator.comparing(Annotation::name, Utf8Order.INSTANCE));
    return new ObjectAnnotations(list);
  }

  /** The list without the annotation of a name. */
  public ObjectAnnotations without(String name) {
    return new ObjectAnnotations(
        annotations().stream().filter(each -> !each.name().equals(name)).toList());
  }

  /** The documents of a version that a copy takes over with the list. */
  public Set<String> documents() {
    Set<String> names = new HashSet<>();
    names.add(DOCUMENT);
    annotations().forEach(each -> names.add(each.document()));
    return names;
  }

  /**
   * Puts a payload, and then the list that names it.
   *
   * @return the id of the version
   * @throws io.sluice.error.S3Exception as {@link #change}
   */
  public static @Nullable String put(
      ObjectStore objects, ObjectRef target, Annotation added, byte[] payload, Change change)
      throws IOException {
    // Refused before it is written, when it is refused already.
    ObjectInfo seen = objects.head(target, ReadOptions.ALL);
    ObjectRef version = target.atVersion(seen.version().id());
    Changed planned = change.of(of(objects, version));
    objects.putDocument(version, added.document(), payload, planned.guard());
    try {
      return change(objects, version, change);
    } catch (IOException | RuntimeException e) {
      drop(objects, version, added.document(), e);
      throw e;
    }
  }

  private static void drop(
      ObjectStore objects, ObjectRef version, String document, Exception thrown) {
    try {
      objects.deleteDocument(version, document);
    } catch (IOException | RuntimeException e) {
      thrown.addSuppressed(e); // it goes with its version
    }
  }

  /**
   * Changes the list of a version.
   *
   * @return the id of the version
   * @throws io.sluice.error.S3Exception the reading errors; the guard's; OperationAborted when
   *     others change it all the time
   */
  public static @Nullable String change(ObjectStore objects, ObjectRef target, Change change)
      throws IOException {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      ObjectInfo seen = objects.head(target, ReadOptions.ALL);
      ObjectRef version = target.atVersion(seen.version().id());
      byte[] document = objects.document(version, DOCUMENT).orElse(null);
      ObjectAnnotations before = parse(document);
      Changed changed = change.of(before);
      boolean[] raced = {false};
      VersionGuard guard =
          (info, documents) -> {
            changed.guard().check(info, documents);
            byte[] now = documents.read(DOCUMENT).orElse(null);
            if (!info.etag().equals(seen.etag())
                || !info.modifiedAt().equals(seen.modifiedAt())
                || !Arrays.equals(now, document)) {
              raced[0] = true;
              throw S3ErrorCode.OPERATION_ABORTED.exception();
            }
          };
      try {
        objects.putDocument(version, DOCUMENT, XmlBodies.write(changed.after()), guard);
        dropOthers(objects, version, before, changed.after());
        return seen.version().id();
      } catch (S3Exception e) {
        if (!raced[0]) {
          throw e;
        }
      }
    }
    throw S3ErrorCode.OPERATION_ABORTED.exception();
  }

  /** Payloads that no list names any more. */
  private static void dropOthers(
      ObjectStore objects, ObjectRef version, ObjectAnnotations before, ObjectAnnotations after)
      throws IOException {
    Set<String> dropped = before.documents();
    dropped.removeAll(after.documents());
    for (String document : dropped) {
      objects.deleteDocument(version, document);
    }
  }
}
