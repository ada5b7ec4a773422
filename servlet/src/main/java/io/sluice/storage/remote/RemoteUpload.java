package io.sluice.storage.remote;

import io.sluice.error.S3ErrorCode;
import io.sluice.storage.Payload;
import io.sluice.storage.remote.circuit.ProviderAwayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Sends a payload once: what it throws is thrown as it is, and the remote then gets less than was
 * announced, so that it commits nothing. While nothing of it has left, a failed request is tried
 * again. Confined to one request.
 */
final class RemoteUpload {
  private static final String UNTYPED = "binary/octet-stream";

  private final RemoteEndpoint endpoint;
  private final HeldBackStream stream;
  private final long lengthBytes;

  /**
   * Prepares a payload of a known length.
   *
   * @throws io.sluice.error.S3Exception MissingContentLength when it is not known
   */
  RemoteUpload(RemoteEndpoint endpoint, Payload payload) {
    this.endpoint = endpoint;
    this.stream = new HeldBackStream(payload);
    this.lengthBytes =
        payload.lengthBytes().orElseThrow(S3ErrorCode.MISSING_CONTENT_LENGTH::exception);
  }

  /** The length in bytes. */
  long lengthBytes() {
    return lengthBytes;
  }

  /** Sends it by a call that takes a body. */
  <T> T send(Function<RequestBody, T> call) throws IOException {
    stream.begin();
    int attempt = 0;
    while (true) {
      try {
        T answer = call.apply(body());
        if (!stream.complete()) {
          throw new IOException("The remote answered before it had the whole body");
        }
        return answer;
      } catch (SdkException | UncheckedIOException e) {
        Exception fault = stream.fault();
        if (fault instanceof IOException broken) {
          throw broken;
        }
        if (fault instanceof RuntimeException refused) {
          throw refused;
        }
        if (!mayRepeat(e) || attempt == endpoint.settings().connection().retries()) {
          throw e instanceof SdkException known ? endpoint.errors().translate(known) : e;
        }
        attempt++;
      }
    }
  }

  private boolean mayRepeat(RuntimeException fault) {
    boolean passing =
        fault instanceof AwsServiceException answer
            ? answer.statusCode() >= 500 || answer.isThrottlingException()
            : fault instanceof SdkClientException && ProviderAwayException.in(fault) == null;
    return passing && stream.handedOut() == 0;
  }

  private RequestBody body() {
    return RequestBody.fromContentProvider(this::open, lengthBytes, UNTYPED);
  }

  private InputStream open() {
    if (stream.handedOut() > 0) {
      throw new UncheckedIOException(new IOException("A body cannot be sent twice"));
    }
    return stream;
  }
}
