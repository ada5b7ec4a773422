package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Apache Iceberg with its S3FileIO: files, and a table that is written, read and dropped. */
class IcebergIT extends ClientCase {
  @Test
  void keepsATable() throws Exception {
    onceUnlessTold();
    onlyInTheClear(); // its JVM trusts what the JDK trusts
    JvmProgram iceberg = JvmProgram.of("iceberg", "IcebergTable.java");
    String endpoint = gateway.endpoint().toString();

    assertThat(iceberg.run(directory, environment(), endpoint, bucket)).contains("done");
  }
}
