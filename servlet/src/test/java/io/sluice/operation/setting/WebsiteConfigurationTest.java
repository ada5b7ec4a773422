package io.sluice.operation.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operation.RequestFixture;
import io.sluice.operation.setting.RoutingRule.Condition;
import io.sluice.operation.setting.RoutingRule.Redirect;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebsiteConfigurationTest {
  private static final String INDEX = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";

  private static String document(String content) {
    return "<WebsiteConfiguration>" + content + "</WebsiteConfiguration>";
  }

  private static String rule(String content) {
    return "<RoutingRule>" + content + "</RoutingRule>";
  }

  @Test
  void aConfigurationComesBackWhole() throws IOException {
    RequestFixture gateway = RequestFixture.withBucket();
    String content =
        INDEX
            + "<ErrorDocument><Key>e.html</Key></ErrorDocument><RoutingRules>"
            + rule(
                "<Condition><KeyPrefixEquals>a/</KeyPrefixEquals></Condition><Redirect>"
                    + "<ReplaceKeyPrefixWith>b/</ReplaceKeyPrefixWith></Redirect>")
            + "</RoutingRules>";
    assertThat(gateway.sendBody(document(content), "PUT /bucket?website").status()).isEqualTo(200);

    assertThat(gateway.send("GET /bucket?website").body()).contains(content);
    assertThat(gateway.send("DELETE /bucket?website").status()).isEqualTo(204);
    assertThat(gateway.refused("GET /bucket?website").code().wireCode())
        .isEqualTo("NoSuchWebsiteConfiguration");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<ErrorDocument><Key>e</Key></ErrorDocument> | InvalidArgument",
        "<IndexDocument><Suffix>a/b</Suffix></IndexDocument> | InvalidArgument",
        "<IndexDocument><Suffix></Suffix></IndexDocument> | InvalidArgument",
        "INDEX <ErrorDocument><Key></Key></ErrorDocument> | MalformedXML",
        "<RedirectAllRequestsTo><Protocol>http</Protocol></RedirectAllRequestsTo> | MalformedXML",
        "<RedirectAllRequestsTo><HostName>h</HostName><Protocol>ftp</Protocol>"
            + "</RedirectAllRequestsTo> | InvalidRequest",
        "INDEX <RedirectAllRequestsTo><HostName>h</HostName></RedirectAllRequestsTo>"
            + " | InvalidRequest",
        "INDEX RULE<Condition><KeyPrefixEquals>a</KeyPrefixEquals></Condition>END | MalformedXML",
        "INDEX RULE<Redirect><Protocol>ftp</Protocol></Redirect>END | InvalidRequest",
        "INDEX RULE<Redirect><HttpRedirectCode>300</HttpRedirectCode></Redirect>END"
            + " | InvalidRequest",
        "INDEX RULE<Redirect><ReplaceKeyWith>a</ReplaceKeyWith>"
            + "<ReplaceKeyPrefixWith>b</ReplaceKeyPrefixWith></Redirect>END | InvalidRequest",
        "INDEX RULE<Condition><HttpErrorCodeReturnedEquals>200</HttpErrorCodeReturnedEquals>"
            + "</Condition><Redirect><HostName>h</HostName></Redirect>END | InvalidRequest"
      })
  void whatAwsRefusesIsRefused(String content, String code) throws IOException {
    String body =
        content
            .replace("INDEX", INDEX)
            .replace("RULE", "<RoutingRules><RoutingRule>")
            .replace("END", "</RoutingRule></RoutingRules>");

    assertThat(
            RequestFixture.withBucket()
                .refusedBody(document(body), "PUT /bucket?website")
                .code()
                .wireCode())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "a/, , , b/, , a/x y, http://h:1/b/x%20y",
    "a/, , , , c.html, a/x, http://h:1/c.html",
    "a/, https, other, , , a/ä, https://other/a/%C3%A4",
    ", , , #!/, , some/page, http://h:1/#!/some/page",
    "a, , 'ev\r\nil', , , a, http://ev%0D%0Ail/a"
  })
  void aRuleChangesWhatItNames(
      String prefix,
      String protocol,
      String host,
      String replacePrefix,
      String replaceKey,
      String key,
      String location) {
    RoutingRule rule =
        new RoutingRule(
            prefix == null ? null : new Condition(null, prefix),
            new Redirect(protocol, host, replacePrefix, replaceKey, null));

    assertThat(rule.location("http", "h:1", key)).isEqualTo(location);
    assertThat(rule.status()).isEqualTo(301);
    assertThat(rule.appliesBefore(key)).isTrue();
    assertThat(rule.appliesAfter(key, 404)).isFalse();
  }

  @Test
  void aRuleForAnErrorAppliesToThatErrorAlone() {
    RoutingRule rule =
        new RoutingRule(new Condition("404", "a/"), new Redirect(null, "h", null, null, "302"));

    assertThat(rule.appliesBefore("a/x")).isFalse();
    assertThat(rule.appliesAfter("a/x", 404)).isTrue();
    assertThat(rule.appliesAfter("a/x", 403)).isFalse();
    assertThat(rule.appliesAfter("b/x", 404)).isFalse();
    assertThat(rule.status()).isEqualTo(302);
  }
}
