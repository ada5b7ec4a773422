package io.sluice.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.auth.VerifiedBody;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.protocol.Origin;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.uri.QueryString;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests are signed, in the words of policies. */
class RequestSignatureTest {
  private static final Identity SIGNER =
      new Identity("a".repeat(64), "a", "AKIDEXAMPLE", Identity.Role.USER);

  private static S3Request request(Identity identity, String query, Map<String, String> headers) {
    S3Headers s3Headers =
        S3Headers.of(
            headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
    return new S3Request(
        "POST",
        new S3Target.ObjectTarget(new BucketName("bucket"), new ObjectKey("k")),
        QueryString.parse(query),
        s3Headers,
        identity,
        "REQUEST",
        Origin.LOCAL,
        VerifiedBody.ofForm(InputStream::nullInputStream, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "'Authorization', 'AWS4-HMAC-SHA256 x', '', AWS4-HMAC-SHA256, REST-HEADER",
    "'Authorization', 'AWS a:b', '', AWS, REST-HEADER",
    "x, y, X-Amz-Signature=s, AWS4-HMAC-SHA256, REST-QUERY-STRING",
    "x, y, Signature=s, AWS, REST-QUERY-STRING",
    "x-amz-algorithm, AWS4-HMAC-SHA256, '', AWS4-HMAC-SHA256, POST",
    "x, y, '', AWS, POST",
  })
  void aSignatureHasAVersionAndAForm(
      String header, String value, String query, String version, String form) {
    RequestSignature signature =
        RequestSignature.of(request(SIGNER, query, Map.of(header, value))).orElseThrow();
    assertThat(signature.version()).isEqualTo(version);
    assertThat(signature.form()).isEqualTo(form);
  }

  @Test
  void aFormMayTellItsAge() {
    Map<String, String> headers =
        Map.of("x-amz-algorithm", "AWS4-HMAC-SHA256", "x-amz-date", "20261123T010000Z");
    RequestSignature signature = RequestSignature.of(request(SIGNER, "", headers)).orElseThrow();
    assertThat(signature.ageMillis(Instant.parse("2026-11-23T01:00:02Z"))).isEqualTo("2000");
  }

  @Test
  void nobodySignsNothing() {
    assertThat(RequestSignature.of(request(Identity.ANONYMOUS, "", Map.of()))).isEmpty();
  }
}
