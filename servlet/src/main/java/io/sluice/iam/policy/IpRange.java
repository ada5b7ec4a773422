package io.sluice.iam.policy;

import static io.sluice.iam.policy.PolicyJson.malformed;

import com.google.common.net.InetAddresses;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An IP address or a CIDR range, of IPv4 or IPv6. Immutable. */
public final class IpRange {
  /** AWS: a range wider than these is the public. */
  private static final int PUBLIC_IPV4_BITS = 8;

  private static final int PUBLIC_IPV6_BITS = 32;

  private final byte[] address;
  private final int prefixBits;

  private IpRange(byte[] address, int prefixBits) {
    this.address = address;
    this.prefixBits = prefixBits;
  }

  /**
   * Parses.
   *
   * @throws io.sluice.error.S3Exception MalformedPolicy
   */
  public static IpRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw malformed("Invalid IP address " + text);
    }
    int bits = address.length * 8;
    if (slash >= 0) {
      String prefix = text.substring(slash + 1);
      if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits) {
        throw malformed("Invalid IP address " + text);
      }
      bits = Integer.parseInt(prefix);
    }
    return new IpRange(address, bits);
  }

  /** The bytes of an address, never looked up by name; null for what is none. */
  private static byte @Nullable [] bytes(String text) {
    if (!InetAddresses.isInetAddress(text)) {
      return null;
    }
    return InetAddresses.forString(text).getAddress();
  }

  /** Whether a text is an address, of which nothing is looked up by name. */
  public static boolean isAddress(String text) {
    return bytes(text) != null;
  }

  /** Whether an address is in the range; what is none is in no range. */
  public boolean contains(String text) {
    byte[] other = bytes(text);
    if (other == null || other.length != address.length) {
      return false;
    }
    int whole = prefixBits / 8;
    if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = prefixBits % 8;
    return rest == 0 || ((address[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
  }

  /** Whether AWS calls it public. */
  boolean isPublic() {
    return prefixBits < (address.length == 4 ? PUBLIC_IPV4_BITS : PUBLIC_IPV6_BITS);
  }
}
