package io.sluice.iam.acl;

import java.util.Arrays;
import java.util.Optional;

/** What a grant permits on the bucket or object that has it. */
public enum Permission {
  FULL_CONTROL("x-amz-grant-full-control"),
  READ("x-amz-grant-read"),
  WRITE("x-amz-grant-write"),
  READ_ACP("x-amz-grant-read-acp"),
  WRITE_ACP("x-amz-grant-write-acp");

  private final String headerName;

  Permission(String headerName) {
    this.headerName = headerName;
  }

  /** The permission of a wire name. */
  static Optional<Permission> of(String wireName) {
    return Arrays.stream(values()).filter(value -> value.name().equals(wireName)).findFirst();
  }

  /** The header that grants it. */
  String headerName() {
    return headerName;
  }

  /** Whether who has this may do what takes the other. */
  boolean includes(Permission other) {
    return this == FULL_CONTROL || this == other;
  }
}
