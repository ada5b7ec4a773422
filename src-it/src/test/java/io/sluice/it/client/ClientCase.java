package io.sluice.it.client;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Certificate;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** A test class that drives a program which was written for AWS. */
abstract class ClientCase extends GatewayCase {
  /** Where the program runs, and where it finds and leaves files. */
  @TempDir Path directory;

  /** The key pair as every SDK reads it from the environment. */
  Map<String, String> environment() {
    return environment(Account.TESTER);
  }

  /** The key pair of an account, and no other configuration. */
  Map<String, String> environment(Account account) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", account.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", account.secretKey());
    environment.put("AWS_DEFAULT_REGION", Gateway.REGION);
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("HOME", directory.toString());
    if (overTls()) {
      environment.putAll(trust());
    }
    return environment;
  }

  /** Whether the server speaks TLS. */
  boolean overTls() {
    return gateway.endpoint().getScheme().equals("https");
  }

  /** Skips the test where the server speaks TLS, since its program is written for plain HTTP. */
  void onlyInTheClear() {
    assumeThat(overTls()).as("TLS").isFalse();
  }

  /** Skips the test on all but the runner, unless containers are named: it is long. */
  void onceUnlessTold() {
    boolean told = !System.getProperty("it.containers", "").isEmpty();
    assumeThat(told || gateway.name().equals("runner")).as("the runner").isTrue();
  }

  /** How programs in Python, Go, C and JavaScript are told whom to trust. */
  private static Map<String, String> trust() {
    String chain;
    try {
      chain = Certificate.shared().chain().toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return Map.of(
        "AWS_CA_BUNDLE", chain,
        "REQUESTS_CA_BUNDLE", chain,
        "SSL_CERT_FILE", chain,
        "CURL_CA_BUNDLE", chain,
        "NODE_EXTRA_CA_CERTS", chain);
  }

  /** A program with the account's environment. */
  Tool tool(String... command) {
    return Tool.of(directory, environment(), command);
  }

  /** A new file of random bytes, below the directory. */
  Path file(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(directory.resolve(name), bytes);
  }

  /** A new file with a text. */
  Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
