package io.sluice.iam.acl;

import io.sluice.auth.Identity;
import java.util.Arrays;
import java.util.Optional;

/** To whom something is granted. An e-mail address is resolved when it comes in. Immutable. */
public sealed interface Grantee {
  /** Whether somebody is meant. */
  boolean includes(Identity identity);

  /** Whether it means everybody, or everybody with an account anywhere, which AWS calls public. */
  boolean isPublic();

  /** An account. */
  record CanonicalUser(String id) implements Grantee {
    /**
     * The account that fetches images of machines on AWS, to which {@code aws-exec-read} grants.
     * Nobody is that here; the grant is kept all the same.
     */
    static final CanonicalUser EXECUTION =
        new CanonicalUser("6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c");

    @Override
    public boolean includes(Identity identity) {
      return id.equals(identity.canonicalId());
    }

    @Override
    public boolean isPublic() {
      return id.equals(Identity.ANONYMOUS_ID);
    }
  }

  /** One of the groups that S3 knows. */
  enum Group implements Grantee {
    ALL_USERS("http://acs.amazonaws.com/groups/global/AllUsers"),
    AUTHENTICATED_USERS("http://acs.amazonaws.com/groups/global/AuthenticatedUsers"),
    /** The gateway itself when it delivers logs: no request is ever its. */
    LOG_DELIVERY("http://acs.amazonaws.com/groups/s3/LogDelivery");

    private final String uri;

    Group(String uri) {
      this.uri = uri;
    }

    /** The group of an address. */
    static Optional<Group> of(String uri) {
      return Arrays.stream(values()).filter(group -> group.uri.equals(uri)).findFirst();
    }

    /** Its address in documents and headers. */
    String uri() {
      return uri;
    }

    @Override
    public boolean includes(Identity identity) {
      return switch (this) {
        case ALL_USERS -> true;
        case AUTHENTICATED_USERS -> !identity.isAnonymous();
        case LOG_DELIVERY -> false;
      };
    }

    @Override
    public boolean isPublic() {
      return this != LOG_DELIVERY;
    }
  }
}
