package io.sluice.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from and how it travelled. Immutable.
 *
 * @param remoteAddress the client's IP address, as the container knows it
 * @param secure whether it came over TLS, or over a proxy that says so and is believed
 * @param tlsVersion version of TLS such as {@code 1.3}; null in clear or when the container does
 *     not tell
 * @param url the address that it was sent to, as raw as it came, without the query; empty when the
 *     client did not name a host
 */
public record Origin(
    String remoteAddress, boolean secure, @Nullable String tlsVersion, String url) {
  /** An origin whose address is of no interest. */
  public Origin(String remoteAddress, boolean secure, @Nullable String tlsVersion) {
    this(remoteAddress, secure, tlsVersion, "");
  }

  /** The address without the brackets and the zone that containers give to those of IPv6. */
  public String bareAddress() {
    String bare =
        remoteAddress.startsWith("[") && remoteAddress.endsWith("]")
            ? remoteAddress.substring(1, remoteAddress.length() - 1)
            : remoteAddress;
    int zone = bare.indexOf('%');
    return zone < 0 ? bare : bare.substring(0, zone);
  }

  /** A request of this machine, in clear. */
  public static final Origin LOCAL = new Origin("127.0.0.1", false, null);
}
