package io.sluice.model;

/** A bucket's versioning state. Once enabled, it can be suspended but never unversioned again. */
public enum Versioning {
  UNVERSIONED,
  ENABLED,
  SUSPENDED
}
