package io.sluice.operation.form;

import io.sluice.protocol.S3Request;
import io.sluice.uri.PercentCoding;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where a browser goes after its upload. Stateless. */
final class SuccessRedirect {
  private SuccessRedirect() {}

  /**
   * The address with the object's bucket, key and tag in its query; null when the form names none,
   * or one that cannot be understood, which S3 ignores.
   */
  static @Nullable String to(@Nullable String url, S3Request put, String etag) {
    if (url == null || !isWeb(url)) {
      return null;
    }
    int hash = url.indexOf('#');
    String address = hash < 0 ? url : url.substring(0, hash);
    String fragment = hash < 0 ? "" : url.substring(hash);
    String joint = address.contains("?") ? "&" : "?";
    return address
        + joint
        + "bucket="
        + PercentCoding.encode(put.bucket().value(), "")
        + "&key="
        + PercentCoding.encode(put.key().value(), "")
        + "&etag="
        + PercentCoding.encode(etag, "")
        + fragment;
  }

  /** Also keeps line ends out of a header. */
  private static boolean isWeb(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme();
      return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
          && uri.getHost() != null
          && url.chars().allMatch(c -> c > ' ' && c < 0x7F);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
