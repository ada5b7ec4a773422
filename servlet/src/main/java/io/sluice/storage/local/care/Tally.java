package io.sluice.storage.local.care;

import io.sluice.storage.maintenance.Finding;
import io.sluice.storage.maintenance.Maintenance;
import java.util.function.Consumer;

/** What a check has looked at and found so far. Confined to one thread. */
final class Tally {
  private final Consumer<Finding> told;
  long versions;
  long parts;
  long blobs;
  long bytes;
  private long findings;

  Tally(Consumer<Finding> told) {
    this.told = told;
  }

  void tell(Finding.Kind kind, String subject, String detail) {
    findings++;
    told.accept(new Finding(kind, subject, detail));
  }

  void inconsistent(String subject, String detail) {
    tell(Finding.Kind.INCONSISTENT, subject, detail);
  }

  Maintenance.Checked checked() {
    return new Maintenance.Checked(versions, parts, blobs, bytes, findings);
  }
}
