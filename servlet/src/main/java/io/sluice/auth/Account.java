package io.sluice.auth;

import io.sluice.auth.Identity.Role;
import io.sluice.checksum.ChecksumDigest;
import io.sluice.model.ChecksumAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Who owns buckets and keys. Immutable.
 *
 * @param name the account's section in the credentials file
 * @param canonicalId 64 hex digits
 * @param displayName name in listings
 * @param email address, or null
 * @param role what it may do before any policy
 */
public record Account(
    String name, String canonicalId, String displayName, @Nullable String email, Role role) {
  /** The canonical id of an account that was given none: a digest of its name. */
  public static String canonicalIdOf(String name) {
    return HexFormat.of()
        .formatHex(
            ChecksumDigest.digest(ChecksumAlgorithm.SHA256, name.getBytes(StandardCharsets.UTF_8)));
  }

  /** The identity of a request signed with one of its keys. */
  Identity identity(String accessKeyId) {
    return new Identity(canonicalId, displayName, accessKeyId, role);
  }
}
