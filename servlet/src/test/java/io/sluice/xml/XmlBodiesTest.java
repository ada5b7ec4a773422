package io.sluice.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlBodiesTest {
  @JsonRootName("ListResult")
  record Page(
      String name, @Nullable String marker, boolean isTruncated, List<Item> contents, Owner owner) {
    Page {
      contents = contents == null ? List.of() : contents;
    }
  }

  record Item(String key, String eTag, long size) {}

  @Test
  void writesS3sNamespaceOnTheRootAlone() {
    Page page =
        new Page(
            "b",
            null,
            false,
            List.of(
                new Item("a<&>\u0001\r\n\uFFFF\uD83D\uDE00 ", "\"x\"", 1), new Item("b", "y", 2)),
            new Owner("1", "me"));
    assertThat(new String(XmlBodies.write(page), UTF_8))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name>"
                + "<IsTruncated>false</IsTruncated>"
                + "<Contents><Key>a&lt;&amp;&gt;&#x1;&#xD;\n&#xFFFF;\uD83D\uDE00 </Key>"
                + "<ETag>&quot;x&quot;</ETag><Size>1</Size></Contents>"
                + "<Contents><Key>b</Key><ETag>y</ETag><Size>2</Size></Contents>"
                + "<Owner><ID>1</ID><DisplayName>me</DisplayName></Owner></ListResult>");
  }

  @Test
  void anErrorHasNoNamespaceAndItsDetailsInOrder() {
    S3Exception e = S3ErrorCode.NO_SUCH_KEY.exception().with("Key", "k").with("BucketName", "b");
    assertThat(new String(XmlBodies.write(ErrorDocument.of(e, "/b/k", "r", "h")), UTF_8))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist."
                + "</Message><Key>k</Key><BucketName>b</BucketName><Resource>/b/k</Resource>"
                + "<RequestId>r</RequestId><HostId>h</HostId></Error>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<ListResult><Name>b</Name><Contents><Key>k</Key><ETag>e</ETag><Size>1</Size></Contents></ListResult>",
        "<ListResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><Name>b</Name><Contents><Key>k</Key><ETag>e</ETag><Size>1</Size></Contents></ListResult>",
        "<?xml version='1.0'?>\n<x:ListResult xmlns:x='urn:other'><x:Name>b</x:Name><x:Contents><x:Key>k</x:Key><x:ETag>e</x:ETag><x:Size>1</x:Size></x:Contents></x:ListResult>"
      })
  void readsAnyNamespaceOrNone(String text) {
    Page page = XmlBodies.read(text.getBytes(UTF_8), Page.class);
    assertThat(page.name()).isEqualTo("b");
    assertThat(page.contents()).containsExactly(new Item("k", "e", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "<ListResult>",
        "<Other><Name>b</Name></Other>",
        "<ListResult><Name>b</Name></ListResult><more/>",
        "<!DOCTYPE x [<!ENTITY e 'v'>]><ListResult><Name>&e;</Name></ListResult>",
        "<!DOCTYPE x SYSTEM 'file:///etc/hostname'><ListResult><Name>b</Name></ListResult>",
        "<ListResult><Contents><Size>many</Size></Contents></ListResult>"
      })
  void refusesWhatDoesNotFit(String text) {
    assertThatThrownBy(() -> XmlBodies.read(text.getBytes(UTF_8), Page.class))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.MALFORMED_XML));
  }
}
