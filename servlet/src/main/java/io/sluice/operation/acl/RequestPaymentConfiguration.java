package io.sluice.operation.acl;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.operation.RequestPayment.Payer;
import io.sluice.xml.XmlBodies;
import org.jspecify.annotations.Nullable;

/**
 * Who pays for requests, as a document. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_RequestPaymentConfiguration.html">API</a>
 */
@JsonRootName("RequestPaymentConfiguration")
record RequestPaymentConfiguration(@Nullable String payer) {
  static RequestPaymentConfiguration of(Payer payer) {
    return new RequestPaymentConfiguration(payer.wireName());
  }

  /**
   * Parses what a request sets.
   *
   * @throws io.sluice.error.S3Exception MalformedXML
   */
  static Payer parse(byte[] body) {
    String name = XmlBodies.read(body, RequestPaymentConfiguration.class).payer();
    return Payer.of(name == null ? "" : name.strip())
        .orElseThrow(S3ErrorCode.MALFORMED_XML::exception);
  }
}
