package io.sluice.storage.remote.forward;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.storage.forward.ForwardedAnswer;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.forward.SignedRequest;
import io.sluice.storage.remote.circuit.ProviderAwayException;
import io.sluice.uri.PercentCoding;
import io.sluice.uri.QueryString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Sends requests that others signed to a remote: same method, path, query, headers and body, over
 * the pool of connections that the gateway's own requests use. What is about the connection alone
 * stays behind. Nothing is sent twice and no redirect is followed. Thread-safe.
 */
public final class RemoteForwarding implements SignedForwarding {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteForwarding.class);

  /** RFC 9110, 7.6.1, and what says more of the client's way here than the remote has to know. */
  private static final Pattern STAYS_BEHIND =
      Pattern.compile(
          "connection|keep-alive|te|trailer|transfer-encoding|upgrade|host|expect|content-length"
              + "|cookie|forwarded|via|x-real-ip|proxy-.*|x-forwarded-.*|ais-s3-.*");

  static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "trailer", "transfer-encoding", "upgrade", "date");

  /** Characters of a key that stand for themselves in a path. */
  private static final String PATH_SAFE = "/";

  private final String provider;
  private final SignedEndpoints endpoints;
  private final SdkHttpClient http;
  private final Objects objects;

  /** Reads an object from the headers of an answer. */
  @FunctionalInterface
  public interface Objects {
    /** The object that an answer tells. */
    ObjectInfo read(ObjectRef ref, SdkHttpResponse answer);
  }

  /** A forwarding to a provider; the client is closed by whoever made it. */
  public RemoteForwarding(
      String provider, SignedEndpoints endpoints, SdkHttpClient http, Objects objects) {
    this.provider = provider;
    this.endpoints = endpoints;
    this.http = http;
    this.objects = objects;
  }

  @Override
  public String region() {
    return endpoints.region();
  }

  @Override
  public boolean expects(String accessKeyId) {
    return endpoints.keys().contains(accessKeyId);
  }

  @Override
  public ForwardedAnswer send(SignedRequest request) throws IOException {
    SdkHttpRequest sent = sent(request);
    Body body = new Body(request.body());
    try {
      HttpExecuteResponse answer =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(sent)
                      .contentStreamProvider(hasBody(request) ? body::open : null)
                      .build())
              .call();
      return new RemoteAnswer(answer, objects);
    } catch (IOException | RuntimeException e) {
      body.rethrow();
      ProviderAwayException away = ProviderAwayException.in(e);
      if (away == null) {
        LOG.warn("Provider {} cannot be reached with a signed request: {}", provider, e.toString());
      }
      throw S3ErrorCode.SERVICE_UNAVAILABLE
          .exception("The provider of this bucket cannot be reached. Please try again.", e)
          .with("Provider", provider)
          .withHeader(
              "Retry-After", away == null ? null : Integer.toString(away.retryAfterSeconds()));
    }
  }

  private static boolean hasBody(SignedRequest request) {
    return request.body().lengthBytes().orElse(1) > 0;
  }

  private SdkHttpRequest sent(SignedRequest request) {
    SignedEndpoints.Destination to = endpoints.of(request.bucket(), request.style());
    URI endpoint = to.endpoint();
    SdkHttpRequest.Builder sent =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .protocol(endpoint.getScheme())
            .host(endpoint.getHost())
            .encodedPath(path(endpoint, to.bucketPath(), request));
    if (endpoint.getPort() >= 0) {
      sent.port(endpoint.getPort());
    }
    for (QueryString.Parameter parameter : QueryString.parse(request.rawQuery()).parameters()) {
      sent.appendRawQueryParameter(parameter.name(), parameter.value());
    }
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!STAYS_BEHIND.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                sent.putHeader(name, values);
              }
            });
    OptionalLong length = request.body().lengthBytes();
    boolean saysLength = hasBody(request) || request.method().startsWith("P");
    if (saysLength && length.isPresent()) {
      sent.putHeader("Content-Length", Long.toString(length.getAsLong()));
    }
    return sent.build();
  }

  private static String path(URI endpoint, String bucketPath, SignedRequest request) {
    String base = endpoint.getRawPath() == null ? "" : endpoint.getRawPath();
    String front = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + bucketPath;
    return request.key() == null
        ? front + (request.slash() || bucketPath.isEmpty() ? "/" : "")
        : front + "/" + PercentCoding.encode(request.key().value(), PATH_SAFE);
  }

  /** The body on its way, which remembers that it was the client who failed. */
  private static final class Body extends InputStream {
    private final SignedRequest.Body body;
    private @Nullable InputStream source;
    private @Nullable Exception fault;

    Body(SignedRequest.Body body) {
      this.body = body;
    }

    InputStream open() {
      try {
        source = body.open();
        return this;
      } catch (IOException e) {
        fault = e;
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        fault = e;
        throw e;
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      InputStream open = source;
      if (open == null) {
        throw new IOException("not open");
      }
      try {
        return open.read(target, offset, length);
      } catch (IOException | RuntimeException e) {
        fault = e;
        throw e;
      }
    }

    void rethrow() throws IOException {
      if (fault instanceof IOException e) {
        throw e;
      }
      if (fault instanceof RuntimeException e) {
        throw e;
      }
    }
  }
}
