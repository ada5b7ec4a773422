package io.sluice.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field that is set once and not read before: both mistakes fail loudly. Confined to a request.
 */
final class Once<T> {
  private final String name;
  private @Nullable T value;

  Once(String name) {
    this.name = name;
  }

  void set(T newValue) {
    if (value != null) {
      throw new IllegalStateException(name + " is set already");
    }
    value = newValue;
  }

  T get() {
    T current = value;
    if (current == null) {
      throw new IllegalStateException(name + " is not known yet");
    }
    return current;
  }

  Optional<T> peek() {
    return Optional.ofNullable(value);
  }
}
