package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import io.sluice.storage.Storage;
import io.sluice.storage.maintenance.Maintenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Checks and copies the store while it is in use. Thread-safe. */
final class StoreAdmin {
  private final Storage storage;
  private final Jobs jobs;
  private final JsonMapper json;

  StoreAdmin(Storage storage, Jobs jobs, JsonMapper json) {
    this.storage = storage;
    this.jobs = jobs;
    this.json = json;
  }

  /** How to check. */
  record Check(boolean repairOrphans) {}

  /** Where a copy goes: a directory on the file system of the store that does not exist. */
  record Snapshot(String directory) {}

  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
            "POST",
            "/store/check",
            "Compares index and blobs both ways and reads all bytes, as a job.",
            Check.class,
            Jobs.View.class,
            (request, parameters) -> check(request.read(json, Check.class))),
        new AdminRoute(
            "POST",
            "/store/snapshot",
            "Makes a copy that can be opened as it is, as a job.",
            Snapshot.class,
            Jobs.View.class,
            (request, parameters) -> snapshot(request.read(json, Snapshot.class))),
        new AdminRoute(
            "GET",
            "/store/scrubber",
            "What the scrubber has done.",
            null,
            Maintenance.Scrubbed.class,
            (request, parameters) -> maintenance().scrubbed()));
  }

  private Maintenance maintenance() {
    return storage
        .maintenance()
        .orElseThrow(
            () -> S3ErrorCode.NOT_IMPLEMENTED.exception("This back end keeps its own bytes."));
  }

  private Jobs.View check(Check check) {
    Maintenance maintenance = maintenance();
    Maintenance.Orphans orphans =
        check.repairOrphans() ? Maintenance.Orphans.DELETE : Maintenance.Orphans.REPORT;
    return jobs.submit(
        "store check",
        teller -> {
          Maintenance.Checked checked =
              maintenance.check(orphans, finding -> teller.tell(finding.toString()));
          return Map.of(
              "versions", checked.versions(),
              "parts", checked.parts(),
              "blobs", checked.blobs(),
              "bytes", checked.bytes(),
              "findings", checked.findings());
        });
  }

  private Jobs.View snapshot(Snapshot snapshot) throws IOException {
    String directory = snapshot.directory();
    if (directory == null || !Path.of(directory).isAbsolute()) {
      throw S3ErrorCode.INVALID_REQUEST.exception("directory is an absolute path.");
    }
    Maintenance maintenance = maintenance();
    return jobs.submit(
        "store snapshot",
        teller -> {
          Maintenance.Copied copied = maintenance.snapshot(Path.of(directory));
          return Map.of(
              "blobs", copied.blobs(), "bytes", copied.bytes(), "missing", copied.missing());
        });
  }
}
