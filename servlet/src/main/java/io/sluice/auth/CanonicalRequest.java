package io.sluice.auth;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.uri.PercentCoding;
import io.sluice.uri.PercentCoding.Plus;
import io.sluice.uri.QueryString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * SigV4's canonical request, for one of the ways in which a client may have written path and host.
 * Immutable; {@link #toString()} is the text that is hashed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Signature
 *     calculation</a>
 */
record CanonicalRequest(String text) {
  /**
   * What of a request does not depend on how path and host are written.
   *
   * @param query the canonical query
   * @param signedHeaders names of the signed headers, in order
   * @param payloadHash the payload hash as it was signed
   */
  record Fixed(
      SignableRequest request, String query, List<String> signedHeaders, String payloadHash) {
    /** The canonical request with a path and a host. */
    CanonicalRequest with(String path, String host) {
      StringBuilder text = new StringBuilder(512);
      text.append(request.method()).append('\n').append(path).append('\n');
      text.append(query).append('\n');
      for (String name : signedHeaders) {
        text.append(name).append(':');
        if (name.equals("host")) {
          text.append(host);
        } else {
          appendValues(text, request.headers(name));
        }
        text.append('\n');
      }
      text.append('\n').append(String.join(";", signedHeaders)).append('\n').append(payloadHash);
      return new CanonicalRequest(text.toString());
    }
  }

  /** The query's parameters, but for the signature, encoded and sorted. */
  static String canonicalQuery(QueryString query) {
    List<String> pairs = new ArrayList<>();
    for (QueryString.Parameter parameter : query.parameters()) {
      if (!parameter.name().equals("X-Amz-Signature")) {
        String value = parameter.value() == null ? "" : parameter.value();
        pairs.add(
            PercentCoding.encode(parameter.name(), "") + "=" + PercentCoding.encode(value, ""));
      }
    }
    // '=' sorts above '-', '.' and digits, so names are compared apart from values.
    pairs.sort(CanonicalRequest::comparePairs);
    return String.join("&", pairs);
  }

  private static int comparePairs(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        // A name that ends sorts first; encoded, there is no other equals sign.
        return l == '=' ? -1 : r == '=' ? 1 : l - r;
      }
    }
    return left.length() - right.length();
  }

  /** Values trimmed, inner runs of spaces made one, repeated headers joined by commas. */
  static void appendValues(StringBuilder text, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      String value = values.get(i).strip();
      if (!value.contains("  ")) {
        text.append(value);
        continue;
      }
      boolean space = false;
      for (int j = 0; j < value.length(); j++) {
        char c = value.charAt(j);
        if (c != ' ' || !space) {
          text.append(c);
        }
        space = c == ' ';
      }
    }
  }

  /**
   * The ways in which the path may have been signed: as it arrived; decoded as the request is
   * routed and encoded again; each also without the prefix, which s3cmd leaves out.
   */
  static Set<String> paths(SignableRequest request, Plus plus) {
    Set<String> paths = new LinkedHashSet<>();
    String raw = request.rawPath();
    addPaths(paths, raw, plus);
    String prefix = request.pathPrefix();
    if (!prefix.isEmpty() && raw.startsWith(prefix)) {
      String rest = raw.substring(prefix.length());
      addPaths(paths, rest.isEmpty() ? "/" : rest, plus);
    }
    return paths;
  }

  private static void addPaths(Set<String> paths, String raw, Plus plus) {
    paths.add(raw);
    paths.add(PercentCoding.encode(PercentCoding.decode(raw, plus), "/"));
  }

  /**
   * The ways in which the host may have been signed: as it arrived, with the path prefix behind it
   * (s3cmd), with or without a default port, and the external names, under which the bucket must
   * stand where it stands in this request: else a signature for another host's path would be good
   * here for another bucket.
   */
  static Set<String> hosts(SignableRequest request, List<String> externalHosts) {
    Set<String> hosts = new LinkedHashSet<>();
    String host = host(request);
    hosts.add(host);
    if (!request.pathPrefix().isEmpty()) {
      hosts.add(host + request.pathPrefix());
    }
    if (host.endsWith(":80") || host.endsWith(":443")) {
      hosts.add(host.substring(0, host.lastIndexOf(':')));
    } else if (host.indexOf(':') < 0) {
      hosts.add(host + ":80");
      hosts.add(host + ":443");
    }
    String bucket = request.hostBucket();
    for (String external : externalHosts) {
      hosts.add(bucket == null ? external : bucket + "." + external);
    }
    return hosts;
  }

  /** The host as it arrived. */
  static String host(SignableRequest request) {
    String arrived = request.header("host");
    return arrived == null ? "" : arrived.strip();
  }

  /** The string to sign. */
  String stringToSign(String date, CredentialScope scope) {
    byte[] digest =
        ChecksumDigest.digest(ChecksumAlgorithm.SHA256, text.getBytes(StandardCharsets.ISO_8859_1));
    return "AWS4-HMAC-SHA256\n" + date + '\n' + scope + '\n' + HexFormat.of().formatHex(digest);
  }

  @Override
  public String toString() {
    return text;
  }
}
