package io.sluice.auth;

import io.sluice.uri.PercentCoding.Plus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How requests are authenticated. Immutable.
 *
 * @param mode whether signatures are checked at all
 * @param enforcedRegion the only region that a credential scope may name; null for any
 * @param sigV2Presigned whether URLs presigned, and forms signed, with Signature Version 2 are
 *     accepted
 * @param sigV2Header whether headers signed with Signature Version 2 are accepted
 * @param maxSkew how far the client's clock may be off
 * @param externalHosts further {@code host[:port]} names under which clients may have signed
 * @param plus what a bare plus sign in a path stands for: what the request is routed by, so that no
 *     signature for one key is good for another
 */
public record AuthSettings(
    Mode mode,
    @Nullable String enforcedRegion,
    boolean sigV2Presigned,
    boolean sigV2Header,
    Duration maxSkew,
    List<String> externalHosts,
    Plus plus) {
  /** AWS: a request is valid within 15 minutes of the server's time. */
  public static final Duration DEFAULT_MAX_SKEW = Duration.ofMinutes(15);

  /** Signatures checked, every region, Signature Version 2 for presigned URLs only. */
  public static final AuthSettings DEFAULT =
      new AuthSettings(Mode.SIGV4, null, true, false, DEFAULT_MAX_SKEW, List.of());

  /** Settings with which a bare plus sign is a space, as on AWS. */
  public AuthSettings(
      Mode mode,
      @Nullable String enforcedRegion,
      boolean sigV2Presigned,
      boolean sigV2Header,
      Duration maxSkew,
      List<String> externalHosts) {
    this(mode, enforcedRegion, sigV2Presigned, sigV2Header, maxSkew, externalHosts, Plus.SPACE);
  }

  /** Copies the list. */
  public AuthSettings {
    externalHosts = List.copyOf(externalHosts);
  }

  /** Whether signatures are checked. */
  public enum Mode {
    /** A request is signed, or anonymous. */
    SIGV4,
    /** Any key, or none, is the first administrator: for closed networks only. */
    NONE
  }
}
