package io.sluice.cli.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The administrators' interface of a gateway. Thread-safe. */
public final class AdminApi {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private final Profile profile;
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /** The interface of the profile's gateway. */
  public AdminApi(Profile profile) {
    this.profile = profile;
  }

  /**
   * Reads a resource.
   *
   * @throws Refusal when the gateway refuses
   */
  public JsonNode get(ApiPath path) throws IOException {
    return send("GET", path, null);
  }

  /**
   * Asks for a change.
   *
   * @param body turned into JSON; null for none
   * @throws Refusal when the gateway refuses
   */
  public JsonNode send(String method, ApiPath path, @Nullable Object body) throws IOException {
    return sendJson(method, path, body == null ? new byte[0] : json.writeValueAsBytes(body));
  }

  /**
   * Asks for a change with a body that is JSON already.
   *
   * @param bytes none for no body
   * @throws Refusal when the gateway refuses
   */
  public JsonNode sendJson(String method, ApiPath path, byte[] bytes) throws IOException {
    URI uri = URI.create(profile.admin() + path.toString());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER)
            .method(
                method,
                bytes.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(bytes));
    if (profile.signs()) {
      RequestSigner.sign(profile, method, uri, bytes, Clock.systemUTC().instant())
          .forEach(request::header);
    }
    HttpResponse<byte[]> answer = send(request.build());
    JsonNode value = parse(answer);
    if (answer.statusCode() / 100 == 2) {
      return value;
    }
    throw new Refusal(
        answer.statusCode(),
        value.path("code").asString("HTTP" + answer.statusCode()),
        value.path("message").asString("The gateway answered " + answer.statusCode() + "."));
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      throw new IOException(
          "cannot reach "
              + profile.endpoint()
              + (e.getMessage() == null ? "" : ": " + e.getMessage()),
          e);
    }
  }

  private JsonNode parse(HttpResponse<byte[]> answer) {
    try {
      return json.readTree(answer.body());
    } catch (JacksonException e) {
      throw new Refusal(
          answer.statusCode(),
          "NoGateway",
          "There is no Sluice at "
              + profile.admin()
              + ": it answered "
              + answer.statusCode()
              + ".");
    }
  }
}
