package io.sluice.operation;

import static io.sluice.operation.Condition.subresource;

import io.sluice.protocol.S3Target;
import java.util.List;

/** THE table: one row for every S3 operation, built or not. */
public enum S3Operation {
  LIST_BUCKETS("ListBuckets", "GET", S3Target.Kind.SERVICE, Access.READ, Body.NONE),
  GET_BUCKET_LOCATION(
      "GetBucketLocation",
      "GET",
      S3Target.Kind.BUCKET,
      Access.READ,
      Body.NONE,
      subresource("location")),
  POST_OBJECT("PostObject", "POST", S3Target.Kind.BUCKET, Access.WRITE, Body.STREAM);

  /** What a row does to its target. */
  public enum Access {
    READ,
    WRITE,
    ADMIN
  }

  /** What kind of body a request has. */
  public enum Body {
    NONE,
    XML,
    STREAM
  }

  private final String wireName;
  private final String method;
  private final S3Target.Kind target;
  private final Access access;
  private final Body body;
  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<Condition> conditions;

  S3Operation(
      String wireName,
      String method,
      S3Target.Kind target,
      Access access,
      Body body,
      Condition... conditions) {
    this.wireName = wireName;
    this.method = method;
    this.target = target;
    this.access = access;
    this.body = body;
    this.conditions = List.of(conditions);
  }

  /** AWS's name of the operation. */
  public String wireName() {
    return wireName;
  }

  /** The method. */
  public String method() {
    return method;
  }

  /** What kind of target it has. */
  public S3Target.Kind target() {
    return target;
  }

  /** What it does to the target. */
  public Access access() {
    return access;
  }

  /** What kind of body it has. */
  public Body body() {
    return body;
  }

  /** What a request must have beside method and target. */
  public List<Condition> conditions() {
    return conditions;
  }

  /** Whether it belongs to multipart uploads (or forms), and so to the multipart servlet. */
  public boolean multipart() {
    return this == POST_OBJECT;
  }
}
