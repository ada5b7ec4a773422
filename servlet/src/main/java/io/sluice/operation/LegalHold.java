package io.sluice.operation;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.xml.XmlBodies;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version must be kept until somebody says otherwise. Immutable.
 *
 * @param status {@code ON} or {@code OFF}
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ObjectLockLegalHold.html">API</a>
 */
@JsonRootName("LegalHold")
public record LegalHold(@Nullable String status) {
  /** The name of the document that holds the legal hold of a version. */
  public static final String DOCUMENT = "legal-hold";

  private static final int MAX_BODY_BYTES = 4 * 1024;

  /** The most that a document may hold. */
  public static int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  /** Whether a status is one. */
  static boolean isStatus(@Nullable String status) {
    return "ON".equals(status) || "OFF".equals(status);
  }

  /**
   * Parses a document.
   *
   * @throws io.sluice.error.S3Exception MalformedXML
   */
  public static LegalHold parse(byte[] document) {
    LegalHold hold = XmlBodies.read(document, LegalHold.class);
    if (!isStatus(hold.status())) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    return hold;
  }

  /** Whether it protects. */
  public boolean on() {
    return "ON".equals(status);
  }

  /** The document. */
  public byte[] bytes() {
    return XmlBodies.write(this);
  }
}
