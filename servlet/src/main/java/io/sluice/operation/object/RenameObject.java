package io.sluice.operation.object;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectRef;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.RenameSource;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives an object another key of its bucket. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_RenameObject.html">API</a>.
 */
final class RenameObject implements OperationHandler {
  private static final String CLIENT_TOKEN = "x-amz-client-token";

  /** The model: ClientToken. */
  private static final int MAX_TOKEN_LENGTH = 64;

  private final ObjectStore objects;

  RenameObject(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.RENAME_OBJECT;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.RENAME);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    S3Headers headers = request.headers();
    ObjectRef source = RenameSource.parse(request.bucket(), headers);
    RenameOptions options =
        new RenameOptions(
            ConditionHeaders.of(headers, RenameSource.HEADER + "-"),
            ConditionHeaders.of(headers, ""),
            request.identity().canonicalId(),
            token(headers));
    objects.rename(source, request.key(), options);
    return S3Response.empty(200);
  }

  private static @Nullable String token(S3Headers headers) {
    String token = headers.get(CLIENT_TOKEN);
    if (token != null && (token.isBlank() || token.length() > MAX_TOKEN_LENGTH)) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The client token has 1 to " + MAX_TOKEN_LENGTH + " characters.")
          .with("ArgumentName", CLIENT_TOKEN);
    }
    return token;
  }
}
