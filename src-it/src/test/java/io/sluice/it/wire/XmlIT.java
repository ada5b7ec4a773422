package io.sluice.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class XmlIT extends GatewayCase {

  @ParameterizedTest
  @CsvSource({
    "GET, /,                          ListAllMyBucketsResult",
    "GET, /BUCKET,                    ListBucketResult",
    "GET, /BUCKET?list-type=2,        ListBucketResult",
    "GET, /BUCKET?location,           LocationConstraint",
    "GET, /BUCKET?uploads,            ListMultipartUploadsResult",
    "POST, /BUCKET/new?uploads,       InitiateMultipartUploadResult"
  })
  void aResultHasItsRootAndItsNamespace(String method, String target, String root)
      throws Exception {
    put("k", "x");

    isResult(RawRequest.of(gateway, method, target.replace("BUCKET", bucket)).send(), root);
  }

  @Test
  void aCopyResult() throws Exception {
    put("k", "x");

    isResult(
        RawRequest.of(gateway, "PUT", "/" + bucket + "/copy")
            .header("x-amz-copy-source", "/" + bucket + "/k")
            .send(),
        "CopyObjectResult");
  }

  @Test
  void aDeleteResult() throws Exception {
    byte[] body =
        "<Delete><Object><Key>a&amp;b</Key></Object></Delete>".getBytes(StandardCharsets.UTF_8);

    isResult(
        RawRequest.of(gateway, "POST", "/" + bucket + "?delete")
            .header("content-md5", Hashes.md5Base64(body))
            .body(body)
            .send(),
        "DeleteResult");
  }

  @Test
  void keysWithMarkupAndControlCharactersDoNotBreakAListing() throws Exception {
    put("<&>\"'", "x");
    put("line\nfeed", "x");
    put("one\u0001", "x");

    RawResponse encoded =
        RawRequest.of(gateway, "GET", "/" + bucket + "?encoding-type=url&list-type=2").send();

    isResult(encoded, "ListBucketResult");
    assertThat(encoded.text())
        .contains("<EncodingType>url</EncodingType>")
        .contains("<Key>%3C%26%3E%22%27</Key>", "<Key>line%0Afeed</Key>", "<Key>one%01</Key>");
    assertThat(RawRequest.of(gateway, "GET", "/" + bucket + "?list-type=2").send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /BUCKET/missing, 404, NoSuchKey",
    "GET, /no-such-bucket-at-all, 404, NoSuchBucket",
    "PUT, /BUCKET?accelerate, 501, NotImplemented",
    "POST, /BUCKET/k?uploadId=none, 404, NoSuchUpload"
  })
  void anErrorHasTheFourElementsAndNoNamespace(
      String method, String target, int status, String code) throws Exception {
    String body =
        method.equals("POST")
            ? "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>0</ETag></Part>"
                + "</CompleteMultipartUpload>"
            : "";
    RawResponse answer =
        RawRequest.of(gateway, method, target.replace("BUCKET", bucket)).body(body).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("content-type")).startsWith("application/xml");
    Element root = StrictXml.root(answer.body());
    assertThat(root.getTagName()).isEqualTo("Error");
    assertThat(root.getNamespaceURI()).isNull();
    assertThat(text(root, "Code")).isEqualTo(code);
    assertThat(text(root, "Message")).isNotBlank();
    assertThat(text(root, "RequestId")).isEqualTo(answer.header("x-amz-request-id"));
    assertThat(text(root, "HostId")).isEqualTo(answer.header("x-amz-id-2"));
  }

  private static void isResult(RawResponse answer, String name) throws Exception {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("application/xml");
    Element root = StrictXml.root(answer.body());
    assertThat(root.getLocalName()).isEqualTo(name);
    assertThat(root.getNamespaceURI()).isEqualTo(StrictXml.NAMESPACE);
    assertThat(StrictXml.uniform(root, StrictXml.NAMESPACE)).as(answer.text()).isTrue();
  }

  private static String text(Element root, String child) {
    return root.getElementsByTagName(child).item(0).getTextContent();
  }
}
