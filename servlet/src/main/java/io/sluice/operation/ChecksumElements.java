package io.sluice.operation;

import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checksums as elements of documents, such as {@code ChecksumCRC32}. Stateless. */
public final class ChecksumElements {
  private ChecksumElements() {}

  /** Element names to values. */
  public static Map<String, String> of(List<Checksum> checksums) {
    Map<String, String> elements = new LinkedHashMap<>();
    for (Checksum checksum : checksums) {
      elements.put(checksum.algorithm().elementName(), checksum.value());
    }
    return elements;
  }

  /**
   * The checksums among the elements of a document; other elements are passed over.
   *
   * @throws io.sluice.error.S3Exception InvalidRequest for a value that is none
   */
  public static List<Checksum> parse(Map<String, Object> elements) {
    List<Checksum> checksums = new ArrayList<>();
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      Object value = elements.get(algorithm.elementName());
      if (value instanceof String text && !text.isBlank()) {
        checksums.add(Checksum.parse(algorithm, text));
      }
    }
    return checksums;
  }
}
