package io.sluice.storage.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Lets documents through the SDK as they are: what the SDK would write from its own types is
 * replaced by the bytes at hand, and what it parses is kept as it came. So a document loses nothing
 * that these types do not know. Stateless; what belongs to one call is an {@link Exchanged}.
 */
final class RawDocument implements ExecutionInterceptor {
  /** More than any settings document, and than a page of a thousand versions with long keys. */
  private static final int MAX_BYTES = 16 << 20;

  private static final ExecutionAttribute<Exchanged> EXCHANGED =
      new ExecutionAttribute<>("SluiceRawDocument");

  /** The documents of one call. Confined to one thread. */
  static final class Exchanged {
    private final byte @Nullable [] sent;
    private byte[] received = {};

    private Exchanged(byte @Nullable [] sent) {
      this.sent = sent;
    }

    /** For a call whose answer is wanted as it came. */
    static Exchanged receiving() {
      return new Exchanged(null);
    }

    /** For a call that sends this document. */
    static Exchanged sending(byte[] document) {
      return new Exchanged(document);
    }

    /** The answer's body. */
    byte[] received() {
      return received;
    }

    /** What a request is built with. */
    AwsRequestOverrideConfiguration configuration() {
      return AwsRequestOverrideConfiguration.builder()
          .putExecutionAttribute(EXCHANGED, this)
          .build();
    }
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    Exchanged exchanged = attributes.getAttribute(EXCHANGED);
    if (exchanged == null || exchanged.sent == null) {
      return context.httpRequest();
    }
    String length = Integer.toString(exchanged.sent.length);
    return context.httpRequest().copy(request -> request.putHeader("Content-Length", length));
  }

  @Override
  public Optional<RequestBody> modifyHttpContent(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    Exchanged exchanged = attributes.getAttribute(EXCHANGED);
    return exchanged == null || exchanged.sent == null
        ? context.requestBody()
        : Optional.of(RequestBody.fromBytes(exchanged.sent));
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Exchanged exchanged = attributes.getAttribute(EXCHANGED);
    if (exchanged == null || context.responseBody().isEmpty()) {
      return context.responseBody();
    }
    try (InputStream body = context.responseBody().get()) {
      exchanged.received = body.readNBytes(MAX_BYTES);
      if (body.read() >= 0) {
        throw new IOException("The remote's document is above " + MAX_BYTES + " bytes");
      }
      return Optional.of(new ByteArrayInputStream(exchanged.received));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
