package io.sluice.model;

import java.math.BigInteger;

/** The 12-digit account id that belongs to a canonical id. Stateless. */
public final class AccountId {
  private static final BigInteger TWELVE_DIGITS = BigInteger.TEN.pow(12);

  private AccountId() {}

  /** The account id of a canonical id of 64 hex digits. */
  public static String of(String canonicalId) {
    return String.format("%012d", new BigInteger(canonicalId, 16).mod(TWELVE_DIGITS));
  }
}
