package io.sluice.lifecycle;

import io.sluice.operation.ObjectTagging.Tag;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which objects a rule is about: all, those of one predicate, or those of all predicates in {@code
 * And}. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRuleFilter.html">API</a>
 */
record LifecycleFilter(
    @Nullable String prefix,
    @Nullable List<Tag> tag,
    @Nullable Long objectSizeGreaterThan,
    @Nullable Long objectSizeLessThan,
    @Nullable And and)
    implements StrictElement {
  /** Predicates that hold together. */
  record And(
      @Nullable String prefix,
      @Nullable List<Tag> tag,
      @Nullable Long objectSizeGreaterThan,
      @Nullable Long objectSizeLessThan)
      implements StrictElement {
    And {
      tag = tag == null || tag.isEmpty() ? null : List.copyOf(tag);
    }

    private long predicates() {
      return Stream.of(prefix, objectSizeGreaterThan, objectSizeLessThan)
              .filter(Objects::nonNull)
              .count()
          + (tag == null ? 0 : tag.size());
    }
  }

  /** All predicates as one conjunction. */
  And all() {
    return and == null ? new And(prefix, tag, objectSizeGreaterThan, objectSizeLessThan) : and;
  }

  /** Whether at most one predicate stands by itself, and an {@code And} has several. */
  boolean wellFormed() {
    long alone =
        Stream.of(prefix, tag, objectSizeGreaterThan, objectSizeLessThan, and)
            .filter(Objects::nonNull)
            .count();
    return alone <= 1 && (tag == null || tag.size() == 1) && (and == null || and.predicates() >= 2);
  }
}
