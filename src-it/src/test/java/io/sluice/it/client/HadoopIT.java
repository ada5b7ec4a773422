package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Hadoop's S3A: a file system's contract, its committers, and Parquet through it. */
class HadoopIT extends ClientCase {
  @Test
  void keepsTheContractOfAFileSystem() throws Exception {
    onceUnlessTold();
    onlyInTheClear(); // its JVM trusts what the JDK trusts
    JvmProgram hadoop = JvmProgram.of("hadoop", "S3aContract.java");
    String endpoint = gateway.endpoint().toString();

    assertThat(hadoop.run(directory, environment(), endpoint, bucket)).contains("done");
  }
}
