package io.sluice.operation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be done in a bucket at the most, whoever asks, in AIStore's words: {@code ro}, {@code
 * rw} and {@code su}, which are the same, names of permissions with commas between them, or their
 * mask as a number. Immutable.
 */
public final class BucketAccess {
  /** What a bucket may be open for; the order is that of AIStore's bits. */
  public enum Permission {
    GET,
    HEAD_OBJECT,
    PUT,
    APPEND,
    DELETE_OBJECT,
    MOVE_OBJECT,
    PROMOTE,
    UPDATE_OBJECT,
    HEAD_BUCKET,
    LIST_OBJECTS,
    PATCH,
    SET_BUCKET_ACL,
    LIST_BUCKETS,
    SHOW_CLUSTER,
    CREATE_BUCKET,
    DESTROY_BUCKET,
    MOVE_BUCKET,
    ADMIN;

    private String wireName() {
      return name().replace('_', '-');
    }
  }

  /** Everything. */
  public static final BucketAccess ALL = new BucketAccess(EnumSet.allOf(Permission.class));

  private static final BucketAccess READ_ONLY =
      new BucketAccess(
          EnumSet.of(
              Permission.GET,
              Permission.HEAD_OBJECT,
              Permission.HEAD_BUCKET,
              Permission.LIST_OBJECTS));

  private static final int MASK_BITS = 64;

  private final Set<Permission> permissions;

  private BucketAccess(Set<Permission> permissions) {
    this.permissions = Collections.unmodifiableSet(permissions);
  }

  /**
   * Parses.
   *
   * @throws IllegalArgumentException for what is none
   */
  public static BucketAccess parse(String text) {
    return switch (text) {
      case "ro" -> READ_ONLY;
      case "rw", "su" -> ALL;
      default -> text.matches("[0-9].*") ? ofMask(text) : ofNames(text);
    };
  }

  private static BucketAccess ofNames(String text) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (String word : text.strip().split("[\\s,]+", -1)) {
      permissions.add(
          Arrays.stream(Permission.values())
              .filter(permission -> permission.wireName().equals(word.toUpperCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no such permission: " + word)));
    }
    return new BucketAccess(permissions);
  }

  private static BucketAccess ofMask(String text) {
    BigInteger mask =
        text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    if (mask.signum() < 0 || mask.bitLength() > MASK_BITS) {
      throw new IllegalArgumentException("no mask of " + MASK_BITS + " bits: " + text);
    }
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    Permission[] all = Permission.values();
    for (int bit = 0; bit < all.length; bit++) {
      if (mask.testBit(bit)) {
        permissions.add(all[bit]);
      }
    }
    return new BucketAccess(permissions);
  }

  /**
   * Whether an operation on the bucket may go on.
   *
   * @param appends whether it adds to an object
   */
  public boolean allows(S3Operation operation, boolean appends) {
    Permission permission = needed(operation, appends);
    return permission == null || permissions.contains(permission);
  }

  /** What an operation takes; null for what is about no bucket that there is. */
  private static @Nullable Permission needed(S3Operation operation, boolean appends) {
    return switch (operation) {
      case CREATE_BUCKET, LIST_BUCKETS -> null;
      case DELETE_BUCKET -> Permission.DESTROY_BUCKET;
      case GET_OBJECT, GET_OBJECT_TORRENT, SELECT_OBJECT_CONTENT -> Permission.GET;
      case LIST_OBJECTS,
          LIST_OBJECTS_V2,
          LIST_OBJECT_VERSIONS,
          LIST_MULTIPART_UPLOADS,
          LIST_PARTS ->
          Permission.LIST_OBJECTS;
      case PUT_OBJECT,
          POST_OBJECT,
          COPY_OBJECT,
          CREATE_MULTIPART_UPLOAD,
          UPLOAD_PART,
          UPLOAD_PART_COPY,
          COMPLETE_MULTIPART_UPLOAD,
          ABORT_MULTIPART_UPLOAD ->
          appends ? Permission.APPEND : Permission.PUT;
      case DELETE_OBJECT, DELETE_OBJECTS -> Permission.DELETE_OBJECT;
      case RENAME_OBJECT -> Permission.MOVE_OBJECT;
      case PUT_BUCKET_ACL,
          PUT_BUCKET_POLICY,
          DELETE_BUCKET_POLICY,
          PUT_PUBLIC_ACCESS_BLOCK,
          DELETE_PUBLIC_ACCESS_BLOCK,
          PUT_BUCKET_OWNERSHIP_CONTROLS,
          DELETE_BUCKET_OWNERSHIP_CONTROLS ->
          Permission.SET_BUCKET_ACL;
      default -> ofTheRest(operation);
    };
  }

  private static Permission ofTheRest(S3Operation operation) {
    String method = operation.route().method();
    boolean reads =
        operation.access() == S3Operation.Access.READ
            || method.equals("GET")
            || method.equals("HEAD");
    return switch (operation.route().target()) {
      case OBJECT -> reads ? Permission.HEAD_OBJECT : Permission.UPDATE_OBJECT;
      case BUCKET, SERVICE -> reads ? Permission.HEAD_BUCKET : Permission.PATCH;
    };
  }
}
