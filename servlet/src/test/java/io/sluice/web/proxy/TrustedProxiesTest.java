package io.sluice.web.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      TrustedProxies.parse(List.of("127.0.0.1", "10.0.0.0/8", "2001:db8::/32"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1 | 198.51.100.7                       | 192.0.2.1
          127.0.0.1 | 198.51.100.7                       | 198.51.100.7
          127.0.0.1 | 6.6.6.6, 198.51.100.7, 10.1.2.3    | 198.51.100.7
          127.0.0.1 | 6.6.6.6, 198.51.100.7, 2001:db8::1 | 198.51.100.7
          127.0.0.1 | 2001:4860::8                       | 2001:4860::8
          127.0.0.1 | 10.1.2.3,10.1.2.4                  | 10.1.2.3
          127.0.0.1 | unknown                            | 127.0.0.1
          127.0.0.1 | 198.51.100.7:443                   | 127.0.0.1
          127.0.0.1 | 198.51.100.7, , 10.1.2.3           | 10.1.2.3
          127.0.0.1 | ''                                 | 127.0.0.1
          """)
  void theLastThatIsNoProxyIsTheClient(String peer, String forwardedFor, String client) {
    assertThat(proxies.client(peer, List.of(forwardedFor))).isEqualTo(client);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(proxies.client("127.0.0.1", List.of("6.6.6.6", "192.0.2.1, 10.0.0.9")))
        .isEqualTo("192.0.2.1");
    assertThat(proxies.client("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> TrustedProxies.parse(List.of("proxy.example.com")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("trusted-proxies: proxy.example.com is no address and no range");
    assertThatThrownBy(() -> TrustedProxies.parse(List.of("10.0.0.0/33")))
        .isInstanceOf(ConfigException.class);
    assertThat(TrustedProxies.parse(List.of()).isEmpty()).isTrue();
  }
}
