package io.sluice.encryption.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.storage.encryption.DataKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that answers as Vault's transit engine documents. */
class VaultKeyServiceTest {
  @TempDir Path directory;

  private final List<String> asked = new ArrayList<>();
  private HttpServer vault;
  private VaultKeyService keys;
  private Path token;

  @BeforeEach
  void start() throws IOException {
    vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    vault.createContext("/v1/transit/", this::answer);
    vault.start();
    token = Files.writeString(directory.resolve("token"), "right\n");
    keys =
        new VaultKeyService(
            new VaultKeyService.Settings(
                URI.create("http://127.0.0.1:" + vault.getAddress().getPort()),
                token,
                "transit",
                "s3"));
  }

  @AfterEach
  void stop() {
    vault.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/v1/transit/".length());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(exchange.getRequestMethod() + " " + path);
    int status = 200;
    String json = "{}";
    if (!"right".equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
      status = 403;
    } else if (!path.endsWith("/s3") && !path.endsWith("/finance")) {
      status = 404;
    } else if (path.startsWith("encrypt/")) {
      String sealed = field(body, "plaintext") + "|" + field(body, "associated_data");
      json = "{\"data\":{\"ciphertext\":\"vault:v1:" + sealed + "\",\"key_version\":1}}";
    } else if (path.startsWith("decrypt/")) {
      String[] sealed = field(body, "ciphertext").substring("vault:v1:".length()).split("\\|", 2);
      status = sealed[1].equals(field(body, "associated_data")) ? 200 : 400;
      json = "{\"data\":{\"plaintext\":\"" + sealed[0] + "\"}}";
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static void refused(S3ErrorCode code, ThrowingCallable call) {
    assertThat(catchThrowableOfType(S3Exception.class, call).code()).isEqualTo(code);
  }

  @Test
  void aKeyIsUnwrappedAsItWasWrapped() throws IOException {
    DataKey key = DataKey.random();
    byte[] wrapped = keys.wrap("finance", key, "{\"a\":\"b\"}");

    assertThat(new String(wrapped, StandardCharsets.US_ASCII)).startsWith("vault:v1:");
    assertThat(keys.unwrap("finance", wrapped, "{\"a\":\"b\"}").secret()).isEqualTo(key.secret());
    assertThatThrownBy(() -> keys.unwrap("finance", wrapped, "")).isInstanceOf(IOException.class);
  }

  @Test
  void keysAreKnownByNameAndArn() throws IOException {
    assertThat(keys.resolve("")).isEqualTo("s3");
    assertThat(keys.resolve("finance")).isEqualTo("finance");
    assertThat(keys.resolve("arn:aws:kms:us-east-1:000000000000:key/finance")).isEqualTo("finance");
    assertThat(asked).containsExactly("GET keys/s3", "GET keys/finance");
    refused(S3ErrorCode.KMS_NOT_FOUND, () -> keys.resolve("other"));
    refused(S3ErrorCode.KMS_NOT_FOUND, () -> keys.resolve("../../sys/seal"));
    assertThat(asked).hasSize(3);
  }

  @Test
  void theTokenIsReadAnew() throws IOException {
    Files.writeString(token, "wrong");
    refused(S3ErrorCode.ACCESS_DENIED, () -> keys.resolve("s3"));
    Files.writeString(token, "right");
    assertThat(keys.resolve("s3")).isEqualTo("s3");
  }

  @Test
  void whatCannotBeAskedIsUnavailable() {
    vault.stop(0);
    refused(S3ErrorCode.SERVICE_UNAVAILABLE, () -> keys.resolve("s3"));
  }
}
