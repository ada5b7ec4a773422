package io.sluice.iam.acl;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Grantee.CanonicalUser;
import io.sluice.iam.acl.Grantee.Group;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * The grants of a bucket or an object. Whose it is, is not part of what is stored: the bucket or
 * version knows its owner. Immutable.
 *
 * @param ownerId canonical id of the account that owns the bucket or object
 * @param grants the grants in the order given, none twice
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html">ACLs</a>
 */
public record AccessControlList(String ownerId, List<Grant> grants) {
  /** AWS: an ACL has up to 100 grants. */
  private static final int MAX_GRANTS = 100;

  /** The first line of the stored form. */
  private static final String FORMAT = "acl 1";

  private static final String ID = "id";
  private static final String GROUP = "group";

  /**
   * Copies the list and drops what is said twice.
   *
   * @throws io.sluice.error.S3Exception MalformedACLError for more than 100 grants
   */
  public AccessControlList {
    if (grants.size() > MAX_GRANTS) {
      throw S3ErrorCode.MALFORMED_ACL.exception(
          "An access control list has at most " + MAX_GRANTS + " grants.");
    }
    grants = List.copyOf(new LinkedHashSet<>(grants));
  }

  /** Full control for the owner and nothing for others: what there is unless somebody asks. */
  public static AccessControlList ofOwner(String ownerId) {
    return new AccessControlList(
        ownerId, List.of(new Grant(new CanonicalUser(ownerId), Permission.FULL_CONTROL)));
  }

  /** Whether it permits somebody something; what owners may besides is not its business. */
  public boolean permits(Identity identity, Permission permission) {
    return grants.stream()
        .anyMatch(
            grant -> grant.permission().includes(permission) && grant.grantee().includes(identity));
  }

  /** Whether it grants anything to the public. */
  public boolean isPublic() {
    return grants.stream().anyMatch(grant -> grant.grantee().isPublic());
  }

  /** Without what it grants to the public. */
  public AccessControlList withoutPublic() {
    return new AccessControlList(
        ownerId, grants.stream().filter(grant -> !grant.grantee().isPublic()).toList());
  }

  /** Whether it grants anything to anybody but the owner. */
  public boolean isForeign() {
    Grantee owner = new CanonicalUser(ownerId);
    return grants.stream().anyMatch(grant -> !grant.grantee().equals(owner));
  }

  /** Whether it says what holds anyway where ACLs are disabled. */
  public boolean isOwnersFullControl() {
    return !isForeign()
        && grants.stream().anyMatch(grant -> grant.permission() == Permission.FULL_CONTROL);
  }

  /** The stored form: a line for each grant. */
  public byte[] bytes() {
    StringBuilder text = new StringBuilder(FORMAT);
    for (Grant grant : grants) {
      text.append('\n').append(grant.permission().name().toLowerCase(Locale.ROOT)).append(' ');
      if (grant.grantee() instanceof CanonicalUser user) {
        text.append(ID).append(' ').append(user.id());
      } else if (grant.grantee() instanceof Group group) {
        text.append(GROUP).append(' ').append(group.name().toLowerCase(Locale.ROOT));
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the stored form.
   *
   * @param ownerId canonical id of the account that owns the bucket or object
   * @throws IllegalStateException when it is damaged: nothing may be guessed here
   */
  public static AccessControlList stored(String ownerId, byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    if (!lines[0].equals(FORMAT)) {
      throw new IllegalStateException("an access control list is damaged");
    }
    List<Grant> grants = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] words = lines[i].split(" ", -1);
      if (words.length != 3) {
        throw new IllegalStateException("an access control list is damaged");
      }
      Permission permission = Permission.valueOf(words[0].toUpperCase(Locale.ROOT));
      Grantee grantee =
          switch (words[1]) {
            case ID -> new CanonicalUser(words[2]);
            case GROUP -> Group.valueOf(words[2].toUpperCase(Locale.ROOT));
            default -> throw new IllegalStateException("an access control list is damaged");
          };
      grants.add(new Grant(grantee, permission));
    }
    return new AccessControlList(ownerId, grants);
  }
}
