package io.sluice.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3Exception;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Bodies that clients get wrong. Whatever comes is taken as it is told back, or is the client's
 * error and changes nothing: never a failure of the gateway's.
 */
class DocumentFuzzTest {
  private static final MessageDigest MD5 = ChecksumDigest.messageDigest("MD5");
  private static final String UPLOAD = "UPLOAD";

  /** Where documents go, and one that is taken there. */
  private static final Map<String, String> DOCUMENTS = new TreeMap<>(documents());

  private static final List<String> LINES = List.copyOf(DOCUMENTS.keySet());

  /** What stands for a piece of a document. */
  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "99999999999999999999",
          "1e9",
          "2026-02-30T00:00:00Z",
          "2026-01-01T00:00:00.000Z",
          "true",
          "Enabled",
          "\u0000",
          "\u0007",
          "\ud800",
          "\ud83d\ude00",
          "&#0;",
          "&#xFFFF;",
          "&lol;",
          "&amp;",
          "<",
          ">",
          "</",
          "/>",
          "]]>",
          "<![CDATA[",
          "<!-- -->",
          "<?pi ?>",
          "<?xml version='1.1' encoding='EBCDIC'?>",
          "<!DOCTYPE a [<!ENTITY lol 'lol'>]>",
          "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
          "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='CanonicalUser'",
          "xmlns='urn:other'",
          "<a/>",
          "<Rule>",
          "</Rule>",
          "<Prefix>x</Prefix>",
          "<Tag><Key>a</Key><Value>b</Value></Tag>",
          "<ID>x</ID>",
          "<a>".repeat(300),
          "x".repeat(2000));

  private RequestFixture gateway = new RequestFixture();
  private String uploadId = "";

  private static Map<String, String> documents() {
    String grants =
        """
        <AccessControlPolicy><Owner><ID>%1$s</ID></Owner><AccessControlList><Grant>\
        <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">\
        <ID>%1$s</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant>\
        </AccessControlList></AccessControlPolicy>"""
            .formatted("a".repeat(64));
    String tags = "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>";
    Map<String, String> all = new TreeMap<>();
    all.put(
        "PUT /new",
        "<CreateBucketConfiguration><LocationConstraint>us-east-1</LocationConstraint>"
            + "</CreateBucketConfiguration>");
    all.put("PUT /plain?acl", grants);
    all.put("PUT /plain/k?acl", grants);
    all.put("PUT /bucket?tagging", tags);
    all.put("PUT /bucket/k?tagging", tags);
    all.put(
        "PUT /bucket?cors",
        """
        <CORSConfiguration><CORSRule><ID>a</ID><AllowedOrigin>http://*.example.com</AllowedOrigin>\
        <AllowedMethod>PUT</AllowedMethod><AllowedHeader>*</AllowedHeader>\
        <ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>30</MaxAgeSeconds></CORSRule>\
        </CORSConfiguration>""");
    all.put(
        "PUT /bucket?website",
        """
        <WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument>\
        <ErrorDocument><Key>error.html</Key></ErrorDocument><RoutingRules><RoutingRule><Condition>\
        <KeyPrefixEquals>docs/</KeyPrefixEquals></Condition><Redirect><ReplaceKeyPrefixWith>d/\
        </ReplaceKeyPrefixWith><HttpRedirectCode>301</HttpRedirectCode></Redirect></RoutingRule>\
        </RoutingRules></WebsiteConfiguration>""");
    all.put(
        "PUT /bucket?lifecycle",
        """
        <LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Filter><And>\
        <Prefix>x/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag>\
        <ObjectSizeGreaterThan>1</ObjectSizeGreaterThan></And></Filter><Transition><Days>30</Days>\
        <StorageClass>GLACIER</StorageClass></Transition><Expiration><Days>365</Days></Expiration>\
        <NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays>\
        <NewerNoncurrentVersions>2</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule>\
        <Rule><Status>Disabled</Status><Prefix/><AbortIncompleteMultipartUpload>\
        <DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>\
        </LifecycleConfiguration>""");
    all.put(
        "PUT /bucket?encryption",
        """
        <ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>\
        <SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>\
        <BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>""");
    all.put(
        "PUT /bucket?logging",
        """
        <BucketLoggingStatus><LoggingEnabled><TargetBucket>bucket</TargetBucket>\
        <TargetPrefix>logs/</TargetPrefix><TargetObjectKeyFormat><PartitionedPrefix>\
        <PartitionDateSource>EventTime</PartitionDateSource></PartitionedPrefix>\
        </TargetObjectKeyFormat></LoggingEnabled></BucketLoggingStatus>""");
    all.put(
        "PUT /bucket?ownershipControls",
        "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"
            + "</OwnershipControls>");
    all.put(
        "PUT /bucket?publicAccessBlock",
        "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>"
            + "<IgnorePublicAcls>false</IgnorePublicAcls></PublicAccessBlockConfiguration>");
    all.put(
        "PUT /bucket?requestPayment",
        "<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>");
    all.put(
        "PUT /bucket?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    all.put(
        "PUT /locked?object-lock",
        """
        <ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>\
        <DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule>\
        </ObjectLockConfiguration>""");
    all.put(
        "PUT /locked/k?retention",
        "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2026-02-01T00:00:00Z"
            + "</RetainUntilDate></Retention>");
    all.put("PUT /locked/k?legal-hold", "<LegalHold><Status>OFF</Status></LegalHold>");
    all.put(
        "POST /bucket?delete",
        "<Delete><Quiet>false</Quiet><Object><Key>absent</Key></Object></Delete>");
    all.put("POST /bucket/k?restore", "<RestoreRequest><Days>1</Days></RestoreRequest>");
    all.put(
        "POST /bucket/m?uploadId=" + UPLOAD,
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"0\"</ETag></Part>"
            + "</CompleteMultipartUpload>");
    return all;
  }

  @BeforeProperty
  void prepare() throws IOException {
    gateway = new RequestFixture();
    gateway.send("PUT /bucket");
    gateway.send("PUT /plain", "x-amz-object-ownership: ObjectWriter");
    gateway.send("PUT /locked", "x-amz-bucket-object-lock-enabled: true");
    for (String bucket : List.of("bucket", "plain", "locked")) {
      gateway.sendBody("content", "PUT /" + bucket + "/k");
    }
    String begun = gateway.send("POST /bucket/m?uploads").element("UploadId");
    uploadId = begun == null ? "" : begun;
    gateway.sendBody("part", "PUT /bucket/m?partNumber=1&uploadId=" + uploadId);
  }

  private Answer put(String body, String line) throws IOException {
    byte[] md5 = MD5.digest(body.getBytes(StandardCharsets.UTF_8));
    return gateway.sendBody(body, line, "Content-MD5: " + Base64.getEncoder().encodeToString(md5));
  }

  private @Nullable String told(String line) throws IOException {
    int mark = line.indexOf('?');
    if (!line.startsWith("PUT ") || mark < 0) {
      return null;
    }
    try {
      return gateway.send("GET " + line.substring(4)).body();
    } catch (S3Exception e) {
      return e.code().wireCode();
    }
  }

  @Test
  void theDocumentsAreTakenAsTheyAre() throws IOException {
    prepare();
    List<String> refused = new ArrayList<>();
    for (String line : LINES) {
      try {
        put(DOCUMENTS.get(line), line.replace(UPLOAD, uploadId));
      } catch (S3Exception e) {
        refused.add(line + " " + e.code().wireCode());
      }
    }
    assertThat(refused)
        .containsExactly(
            "POST /bucket/k?restore InvalidObjectState",
            "POST /bucket/m?uploadId=UPLOAD InvalidPart");
  }

  @Property(tries = 20_000)
  void nothingIsAFailure(@ForAll("mutilated") Document document) throws IOException {
    String line = document.line().replace(UPLOAD, uploadId);
    String before = told(line);
    try {
      Answer answer = put(document.body(), line);
      assertThat(answer.status()).isBetween(200, 299);
      Statistics.collect("taken");
      String kept = told(line);
      if (kept != null && kept.startsWith("<")) {
        put(kept, line);
        assertThat(told(line)).isEqualTo(kept);
      }
    } catch (S3Exception e) {
      assertThat(e.code().status()).as(document.body()).isBetween(400, 499);
      Statistics.collect("refused");
      assertThat(told(line)).isEqualTo(before);
    } catch (RuntimeException e) {
      fail(line + "\n" + document.body(), e);
    }
    Statistics.coverage(
        coverage -> {
          coverage.check("taken").percentage(share -> share > 15);
          coverage.check("refused").percentage(share -> share > 40);
        });
  }

  /** A document and where it goes. */
  record Document(String line, String body) {}

  /** A valid document of which up to two pieces are replaced, dropped or doubled. */
  @Provide
  Arbitrary<Document> mutilated() {
    Arbitrary<Integer> at = Arbitraries.integers().between(0, 10_000);
    Arbitrary<Cut> cuts =
        Combinators.combine(at, Arbitraries.of(Shape.values()), Arbitraries.of(PIECES))
            .as(Cut::new);
    return Combinators.combine(Arbitraries.of(LINES), cuts.list().ofMinSize(1).ofMaxSize(2))
        .as(
            (line, list) -> {
              String body = DOCUMENTS.get(line);
              for (Cut cut : list) {
                body = cut.apply(body);
              }
              return new Document(line, body);
            });
  }

  /** What is cut out. */
  enum Shape {
    TEXT,
    TAG,
    SLICE,
    ELEMENT_DOUBLED
  }

  /** A change of a document. */
  record Cut(int at, Shape shape, String piece) {
    String apply(String body) {
      if (body.isEmpty()) {
        return piece;
      }
      int from = at % body.length();
      return switch (shape) {
        case TEXT -> {
          int begin = body.indexOf('>', from) + 1;
          int end = body.indexOf('<', begin);
          yield begin == 0 || end < 0
              ? piece
              : body.substring(0, begin) + piece + body.substring(end);
        }
        case TAG -> {
          int begin = body.indexOf('<', from);
          int end = body.indexOf('>', Math.max(begin, 0));
          yield begin < 0 || end < 0
              ? body + piece
              : body.substring(0, begin) + piece + body.substring(end + 1);
        }
        case SLICE ->
            body.substring(0, from)
                + piece
                + body.substring(Math.min(body.length(), from + at % 17));
        case ELEMENT_DOUBLED -> {
          int begin = body.indexOf('<', from);
          int name = body.indexOf('>', Math.max(begin, 0));
          int end =
              begin < 0 || name < 0 ? -1 : body.indexOf("</" + body.substring(begin + 1, name));
          int close = end < 0 ? -1 : body.indexOf('>', end);
          yield close < begin || begin < 0
              ? body
              : body.substring(0, close + 1) + body.substring(begin);
        }
      };
    }
  }
}
