package io.sluice.cli.client;

/** A gateway refused what it was asked for. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * A refusal.
   *
   * @param status the HTTP status
   * @param code S3's code, such as {@code NoSuchBucket}
   */
  public Refusal(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** S3's code. */
  public String code() {
    return code;
  }
}
