package io.sluice.iam.acl;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.protocol.S3Headers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ACL that headers ask for: a canned one, grants, or nothing. Immutable.
 *
 * @param canned the canned ACL, or null
 * @param grants for each permission who shall have it
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#SpecifyGrantee">Grantees</a>
 */
record AclHeaders(@Nullable CannedAcl canned, Map<Permission, List<Named>> grants) {
  /** How a grantee is named: {@code id}, {@code uri} or {@code emailaddress}, and the value. */
  record Named(String kind, String value) {}

  AclHeaders {
    grants = Map.copyOf(grants);
  }

  /**
   * Parses headers.
   *
   * @throws S3Exception InvalidArgument; InvalidRequest for a canned ACL beside grants
   */
  static AclHeaders parse(S3Headers headers, AclScope scope) {
    CannedAcl canned =
        headers.nonBlank(CannedAcl.HEADER).map(name -> CannedAcl.of(name, scope)).orElse(null);
    Map<Permission, List<Named>> grants = new EnumMap<>(Permission.class);
    for (Permission permission : Permission.values()) {
      String value = headers.joinedUtf8(permission.headerName());
      if (value != null && !value.isBlank()) {
        grants.put(permission, parse(permission.headerName(), value));
      }
    }
    if (canned != null && !grants.isEmpty()) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Specifying both Canned ACLs and Header Grants is not allowed");
    }
    return new AclHeaders(canned, grants);
  }

  private static List<Named> parse(String header, String value) {
    List<Named> grantees = new ArrayList<>();
    for (String item : value.split(",", -1)) {
      int equals = item.indexOf('=');
      String kind = equals < 0 ? "" : item.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      String name = item.substring(equals + 1).strip();
      if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
        name = name.substring(1, name.length() - 1);
      }
      boolean known = kind.equals("id") || kind.equals("uri") || kind.equals("emailaddress");
      if (!known || name.isEmpty()) {
        throw S3ErrorCode.INVALID_ARGUMENT
            .exception("Argument format not recognized")
            .with("ArgumentName", header)
            .with("ArgumentValue", value);
      }
      grantees.add(new Named(kind, name));
    }
    return grantees;
  }

  /** Whether they ask for nothing. */
  boolean isEmpty() {
    return canned == null && grants.isEmpty();
  }

  /**
   * The ACL; full control for the owner when nothing is asked for. Grants in headers are all that
   * there is: the owner keeps nothing that they do not name, as on AWS.
   *
   * @throws S3Exception InvalidArgument, UnresolvableGrantByEmailAddress,
   *     AmbiguousGrantByEmailAddress, MalformedACLError
   */
  AccessControlList resolve(Grantees grantees, AclOwners owners) {
    if (grants.isEmpty()) {
      return (canned == null ? CannedAcl.PRIVATE : canned).of(owners);
    }
    List<Grant> resolved = new ArrayList<>();
    for (Permission permission : Permission.values()) {
      for (Named named : grants.getOrDefault(permission, List.of())) {
        Grantee grantee =
            switch (named.kind()) {
              case "id" -> grantees.byId(named.value());
              case "uri" -> Grantees.byUri(named.value());
              default -> grantees.byEmail(named.value());
            };
        resolved.add(new Grant(grantee, permission));
      }
    }
    return new AccessControlList(owners.ownerId(), resolved);
  }
}
