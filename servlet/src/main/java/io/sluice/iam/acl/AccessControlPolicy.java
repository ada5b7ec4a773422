package io.sluice.iam.acl;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.acl.Grantee.CanonicalUser;
import io.sluice.iam.acl.Grantee.Group;
import io.sluice.xml.XmlBodies;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.xml.annotation.JacksonXmlProperty;

/**
 * An ACL as a document. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_AccessControlPolicy.html">API</a>
 */
@JsonRootName("AccessControlPolicy")
record AccessControlPolicy(
    @Nullable OwnerElement owner, @Nullable GrantElements accessControlList) {
  private static final String CANONICAL_USER = "CanonicalUser";
  private static final String BY_EMAIL = "AmazonCustomerByEmail";
  private static final String GROUP = "Group";

  /** Whose the ACL is. */
  record OwnerElement(@JsonProperty("ID") @Nullable String id, @Nullable String displayName) {}

  /** The grants. */
  record GrantElements(@Nullable List<GrantElement> grant) {}

  /** A grant. */
  record GrantElement(@Nullable GranteeElement grantee, @Nullable String permission) {}

  /**
   * A grantee. The mapper knows {@code xsi:type} by these letters, in both directions, and declares
   * the prefix where it writes it.
   */
  record GranteeElement(
      @JacksonXmlProperty(isAttribute = true, localName = "xsi:type") @Nullable String type,
      @JsonProperty("ID") @Nullable String id,
      @Nullable String displayName,
      @Nullable String emailAddress,
      @JsonProperty("URI") @Nullable String uri) {}

  /** The document of an ACL. */
  static AccessControlPolicy of(AccessControlList acl, Grantees grantees) {
    List<GrantElement> grants = new ArrayList<>();
    for (Grant grant : acl.grants()) {
      grants.add(new GrantElement(element(grant.grantee(), grantees), grant.permission().name()));
    }
    return new AccessControlPolicy(
        new OwnerElement(acl.ownerId(), grantees.displayName(acl.ownerId())),
        new GrantElements(grants));
  }

  private static GranteeElement element(Grantee grantee, Grantees grantees) {
    if (grantee instanceof CanonicalUser user) {
      return new GranteeElement(
          CANONICAL_USER, user.id(), grantees.displayName(user.id()), null, null);
    }
    if (grantee instanceof Group group) {
      return new GranteeElement(GROUP, null, null, null, group.uri());
    }
    throw new IllegalStateException("no element for " + grantee);
  }

  /**
   * Parses what a request sets.
   *
   * @throws S3Exception MalformedACLError
   */
  static AccessControlPolicy parse(byte[] body) {
    try {
      return XmlBodies.read(body, AccessControlPolicy.class);
    } catch (S3Exception e) {
      throw e.code() == S3ErrorCode.MALFORMED_XML
          ? S3ErrorCode.MALFORMED_ACL.exception(S3ErrorCode.MALFORMED_ACL.defaultMessage(), e)
          : e;
    }
  }

  /**
   * The ACL that it means.
   *
   * @param owners whose it must say it is: a document changes no owner
   * @throws S3Exception MalformedACLError; AccessDenied for another owner; and what the resolving
   *     of grantees throws
   */
  AccessControlList resolve(Grantees grantees, AclOwners owners) {
    if (owner == null || owner.id() == null || accessControlList == null) {
      throw S3ErrorCode.MALFORMED_ACL.exception();
    }
    if (!owners.ownerId().equals(owner.id().strip())) {
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
    List<GrantElement> elements = accessControlList.grant();
    List<Grant> grants = new ArrayList<>();
    for (GrantElement element : elements == null ? List.<GrantElement>of() : elements) {
      grants.add(grant(element, grantees));
    }
    return new AccessControlList(owners.ownerId(), grants);
  }

  private static Grant grant(GrantElement element, Grantees grantees) {
    GranteeElement grantee = element.grantee();
    if (grantee == null || grantee.type() == null || element.permission() == null) {
      throw S3ErrorCode.MALFORMED_ACL.exception();
    }
    Permission permission =
        Permission.of(element.permission().strip())
            .orElseThrow(S3ErrorCode.MALFORMED_ACL::exception);
    return new Grant(
        switch (grantee.type()) {
          case CANONICAL_USER -> grantees.byId(required(grantee.id()));
          case BY_EMAIL -> grantees.byEmail(required(grantee.emailAddress()));
          case GROUP -> Grantees.byUri(required(grantee.uri()));
          default -> throw S3ErrorCode.MALFORMED_ACL.exception();
        },
        permission);
  }

  private static String required(@Nullable String value) {
    if (value == null || value.isBlank()) {
      throw S3ErrorCode.MALFORMED_ACL.exception();
    }
    return value.strip();
  }
}
