package io.sluice.encryption.vault;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.sluice.encryption.KeyService;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.storage.encryption.DataKey;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The keys of a transit engine of HashiCorp's Vault or of OpenBao, which never leave it. The token
 * is read from its file for every request, so that an agent may renew it. Thread-safe.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/transit">Transit API</a>
 */
public final class VaultKeyService implements KeyService {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** How long a key that was there is not asked for again. */
  private static final Duration KNOWN = Duration.ofMinutes(1);

  private static final int MAX_KNOWN = 1_000;
  private static final Pattern ARN = Pattern.compile("arn:[^:]*:kms:[^:]*:[^:]*:key/(.+)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final String UNAVAILABLE = "The key service cannot be asked.";
  private static final JsonFactory JSON = new JsonFactory();

  private final Settings settings;
  private final HttpClient http;
  private final Cache<String, String> known =
      CacheBuilder.newBuilder().maximumSize(MAX_KNOWN).expireAfterWrite(KNOWN).build();

  /**
   * Where the keys are.
   *
   * @param address such as {@code https://vault:8200}
   * @param tokenFile a file that holds the token alone
   * @param mount the path of the transit engine, such as {@code transit}
   * @param defaultKey the key of requests that name none
   */
  public record Settings(URI address, Path tokenFile, String mount, String defaultKey) {}

  /** The keys of an engine; asks it for nothing yet. */
  public VaultKeyService(Settings settings) {
    this.settings = settings;
    this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  }

  @Override
  public String resolve(String keyId) throws IOException {
    Matcher arn = ARN.matcher(keyId);
    String name = arn.matches() ? arn.group(1) : keyId.isEmpty() ? settings.defaultKey() : keyId;
    if (!NAME.matcher(name).matches()) {
      throw missing(keyId);
    }
    if (known.getIfPresent(name) == null) {
      ask("GET", "keys/" + name, name, Map.of());
      known.put(name, name);
    }
    return name;
  }

  @Override
  public byte[] wrap(String keyId, DataKey key, String context) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("plaintext", Base64.getEncoder().encodeToString(key.secret()));
    addContext(fields, context);
    String answer = ask("POST", "encrypt/" + keyId, keyId, fields);
    return field(answer, "ciphertext").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public DataKey unwrap(String keyId, byte[] wrapped, String context) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ciphertext", new String(wrapped, StandardCharsets.US_ASCII));
    addContext(fields, context);
    String answer = ask("POST", "decrypt/" + keyId, keyId, fields);
    try {
      return new DataKey(Base64.getDecoder().decode(field(answer, "plaintext")));
    } catch (IllegalArgumentException e) {
      throw new IOException("The key service answered with what is no data key", e);
    }
  }

  /** What the key service binds the wrapped key to. */
  private static void addContext(Map<String, String> fields, String context) {
    if (!context.isEmpty()) {
      byte[] bytes = context.getBytes(StandardCharsets.UTF_8);
      fields.put("associated_data", Base64.getEncoder().encodeToString(bytes));
    }
  }

  private String ask(String method, String path, String keyId, Map<String, String> fields)
      throws IOException {
    URI address = settings.address().resolve("/v1/" + settings.mount() + "/" + path);
    HttpRequest.BodyPublisher body =
        fields.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(json(fields));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("X-Vault-Token", Files.readString(settings.tokenFile()).strip())
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    HttpResponse<String> answer;
    try {
      answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the key service was asked", e);
    } catch (IOException e) {
      throw S3ErrorCode.SERVICE_UNAVAILABLE.exception(UNAVAILABLE, e);
    }
    return switch (answer.statusCode()) {
      case 200 -> answer.body();
      case 403 -> throw S3ErrorCode.ACCESS_DENIED.exception("The key service refused the key.");
      case 404 -> throw missing(keyId);
      case 400 -> throw new IOException("The key service does not take a wrapped key");
      default -> throw S3ErrorCode.SERVICE_UNAVAILABLE.exception(UNAVAILABLE);
    };
  }

  private static S3Exception missing(String keyId) {
    return S3ErrorCode.KMS_NOT_FOUND.exception("Key '" + keyId + "' does not exist");
  }

  private static String json(Map<String, String> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      fields.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** The text of a field, wherever it stands. */
  private static String field(String answer, String name) throws IOException {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && json.currentName().equals(name)) {
          json.nextToken();
          return json.getString();
        }
      }
    } catch (JacksonException e) {
      throw new IOException("The key service answered with what is no JSON", e);
    }
    throw new IOException("The key service answered without " + name);
  }
}
