package io.sluice.operation.multipart;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.PartInfo;
import io.sluice.protocol.IntegerParameter;
import io.sluice.protocol.S3Request;
import io.sluice.storage.UploadRef;

/** The parameters that name an upload and a part. Stateless. */
final class UploadParameters {
  private UploadParameters() {}

  /** The upload that {@code uploadId} names. */
  static UploadRef upload(S3Request request) {
    String uploadId =
        request
            .query()
            .nonEmpty("uploadId")
            .orElseThrow(
                () ->
                    S3ErrorCode.INVALID_ARGUMENT
                        .exception("This operation does not accept an empty uploadId")
                        .with("ArgumentName", "uploadId"));
    return new UploadRef(request.bucket(), request.key(), uploadId);
  }

  /** The part that {@code partNumber} names: 1 to 10,000. */
  static int partNumber(S3Request request) {
    String text = request.query().nonEmpty("partNumber").orElse("");
    int number = 0;
    if (text.matches("[0-9]{1,9}")) {
      number = IntegerParameter.parse("partNumber", text, 0);
    }
    if (number < 1 || number > PartInfo.MAX_PART_NUMBER) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Part number must be an integer between 1 and 10000, inclusive")
          .with("ArgumentName", "partNumber")
          .with("ArgumentValue", text);
    }
    return number;
  }
}
