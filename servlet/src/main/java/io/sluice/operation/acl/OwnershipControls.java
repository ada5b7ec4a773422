package io.sluice.operation.acl;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.ObjectOwnership;
import io.sluice.xml.XmlBodies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bucket's object ownership as a document. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_OwnershipControls.html">API</a>
 */
@JsonRootName("OwnershipControls")
record OwnershipControls(@Nullable List<Rule> rule) {
  /** The one rule that there is. */
  record Rule(@Nullable String objectOwnership) {}

  static OwnershipControls of(ObjectOwnership ownership) {
    return new OwnershipControls(List.of(new Rule(ownership.wireName())));
  }

  /**
   * Parses what a request sets.
   *
   * @throws io.sluice.error.S3Exception MalformedXML
   */
  static ObjectOwnership parse(byte[] body) {
    List<Rule> rules = XmlBodies.read(body, OwnershipControls.class).rule();
    if (rules == null || rules.size() != 1) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    String name = rules.get(0).objectOwnership();
    return ObjectOwnership.of(name == null ? "" : name.strip())
        .orElseThrow(S3ErrorCode.MALFORMED_XML::exception);
  }
}
