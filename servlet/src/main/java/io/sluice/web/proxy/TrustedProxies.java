package io.sluice.web.proxy;

import io.sluice.config.ConfigException;
import io.sluice.error.S3Exception;
import io.sluice.iam.policy.IpRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The proxies whose word on a request is believed. Immutable.
 *
 * @param ranges their addresses
 */
public record TrustedProxies(List<IpRange> ranges) {
  /** Copies the list. */
  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /**
   * Reads addresses and CIDR ranges.
   *
   * @throws ConfigException when one is neither
   */
  public static TrustedProxies parse(List<String> texts) {
    List<IpRange> ranges = new ArrayList<>();
    for (String text : texts) {
      try {
        ranges.add(IpRange.parse(text));
      } catch (S3Exception e) {
        throw new ConfigException("trusted-proxies: " + text + " is no address and no range");
      }
    }
    return new TrustedProxies(ranges);
  }

  /** Whether nobody is believed. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Whether an address is one of a proxy. */
  boolean contains(String address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Whom a request is from: each proxy adds the address of who asked it, so the last that is no
   * proxy's is the one that can be believed.
   *
   * @param peer who is connected
   * @param forwardedFor the values of {@code X-Forwarded-For} in the order in which they came
   * @return an address; the last proxy's, where it names something else
   */
  String client(String peer, List<String> forwardedFor) {
    List<String> addresses = new ArrayList<>();
    for (String value : forwardedFor) {
      addresses.addAll(List.of(value.split(",", -1)));
    }
    Collections.reverse(addresses);
    String client = peer;
    for (String address : addresses) {
      String text = address.strip();
      if (!contains(client) || !IpRange.isAddress(text)) {
        return client;
      }
      client = text;
    }
    return client;
  }
}
