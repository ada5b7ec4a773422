package io.sluice.operation.lifecycle;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.lifecycle.Archives;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets an archived version be read for some days: 202 at first, 200 when that is prolonged. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html">API</a>.
 */
final class RestoreObject implements OperationHandler {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  /** A hundred years, which no date overflows by. */
  private static final int MAX_DAYS = 36_500;

  private static final Set<String> TIERS = Set.of("Standard", "Bulk", "Expedited");

  private final Archives archives;

  RestoreObject(Archives archives) {
    this.archives = archives;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.RESTORE_OBJECT;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.OBJECT_DOCUMENTS, Capability.STORAGE_CLASSES);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    byte[] body = request.body().readAll(MAX_BODY_BYTES);
    int days = XmlBodies.read(body, RestoreRequest.class).checkedDays();
    return S3Response.empty(
        switch (archives.restore(request.object(), days)) {
          case BEGUN -> 202;
          case PROLONGED -> 200;
        });
  }

  @JsonRootName("RestoreRequest")
  record RestoreRequest(
      @Nullable Integer days,
      @Nullable GlacierJobParameters glacierJobParameters,
      @Nullable String type,
      @Nullable String tier,
      @Nullable String description,
      @Nullable Object selectParameters,
      @Nullable Object outputLocation) {
    int checkedDays() {
      if (type != null
          || description != null
          || selectParameters != null
          || outputLocation != null) {
        throw S3ErrorCode.NOT_IMPLEMENTED.exception();
      }
      checkTier(tier);
      if (glacierJobParameters != null) {
        if (glacierJobParameters.tier() == null) {
          throw S3ErrorCode.MALFORMED_XML.exception();
        }
        checkTier(glacierJobParameters.tier());
      }
      if (days == null) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      if (days < 1 || days > MAX_DAYS) {
        throw S3ErrorCode.INVALID_ARGUMENT
            .exception("restoration days should be at least 1 and at most " + MAX_DAYS)
            .with("ArgumentName", "Days")
            .with("ArgumentValue", days);
      }
      return days;
    }

    private static void checkTier(@Nullable String tier) {
      if (tier != null && !TIERS.contains(tier)) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
    }
  }

  /** How fast it has to be; here it always is at once. */
  record GlacierJobParameters(@Nullable String tier) {}
}
