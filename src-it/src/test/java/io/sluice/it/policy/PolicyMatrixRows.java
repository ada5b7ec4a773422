package io.sluice.it.policy;

/**
 * The rows of {@link PolicyMatrix}: policy, ACL, public access block, ownership, operation, and
 * what it answers to the administrator, the bucket's owner, another account and nobody; and what it
 * answers to them over TLS, where that differs.
 */
final class PolicyMatrixRows {
  private PolicyMatrixRows() {}

  /** Principals, actions, resources and effects. */
  static final String POLICIES =
      """
      # Without a policy the owner has all, and nobody else anything.
      none | private | none | BucketOwnerEnforced | get | 200 200 403 403
      none | private | none | BucketOwnerEnforced | head | 200 200 403 403
      none | private | none | BucketOwnerEnforced | get-none | 404 404 403 403
      none | private | none | BucketOwnerEnforced | head-none | 404 404 403 403
      none | private | none | BucketOwnerEnforced | put | 200 200 403 403
      none | private | none | BucketOwnerEnforced | delete | 204 204 403 403
      none | private | none | BucketOwnerEnforced | list | 200 200 403 403
      none | private | none | BucketOwnerEnforced | versions | 200 200 403 403
      none | private | none | BucketOwnerEnforced | get-acl | 200 200 403 403
      none | private | none | BucketOwnerEnforced | get-policy | 404 404 403 403
      none | private | none | BucketOwnerEnforced | policy-status | 404 404 403 403
      none | private | none | BucketOwnerEnforced | get-block | 404 404 403 403
      none | private | none | BucketOwnerEnforced | tags | 200 200 403 403
      none | private | none | BucketOwnerEnforced | location | 200 200 403 403
      # What everybody is allowed, and no more.
      get-all | private | none | BucketOwnerEnforced | get | 200 200 200 200
      get-all | private | none | BucketOwnerEnforced | head | 200 200 200 200
      get-all | private | none | BucketOwnerEnforced | get-none | 404 404 403 403
      get-all | private | none | BucketOwnerEnforced | head-none | 404 404 403 403
      get-all | private | none | BucketOwnerEnforced | put | 200 200 403 403
      get-all | private | none | BucketOwnerEnforced | delete | 204 204 403 403
      get-all | private | none | BucketOwnerEnforced | list | 200 200 403 403
      get-all | private | none | BucketOwnerEnforced | tags | 200 200 403 403
      get-all | private | none | BucketOwnerEnforced | get-policy | 200 200 403 403
      get-all | private | none | BucketOwnerEnforced | policy-status | 200 200 403 403
      get-all | private | restrict | BucketOwnerEnforced | get | 200 200 403 403
      get-all | private | restrict | BucketOwnerEnforced | get-none | 404 404 403 403
      get-all | private | restrict | BucketOwnerEnforced | get-policy | 200 200 403 403
      get-all | private | all | BucketOwnerEnforced | get | 200 200 403 403
      get-all | private | ignore | BucketOwnerEnforced | get | 200 200 200 200
      get-all | private | block-policy | BucketOwnerEnforced | get | 200 200 200 200
      put-all | private | none | BucketOwnerEnforced | put | 200 200 200 200
      put-all | private | none | BucketOwnerEnforced | put-acl | 200 200 403 403
      put-all | private | none | BucketOwnerEnforced | get | 200 200 403 403
      put-all | private | none | BucketOwnerEnforced | delete | 204 204 403 403
      list-all | private | none | BucketOwnerEnforced | list | 200 200 200 200
      list-all | private | none | BucketOwnerEnforced | get-none | 404 404 403 403
      list-all | private | none | BucketOwnerEnforced | versions | 200 200 403 403
      list-all | private | none | BucketOwnerEnforced | get | 200 200 403 403
      # Another account by its names.
      get-third | private | none | BucketOwnerEnforced | get | 200 200 200 403
      get-third | private | none | BucketOwnerEnforced | list | 200 200 403 403
      get-third-by-number | private | none | BucketOwnerEnforced | get | 200 200 200 403
      get-third-by-number | private | none | BucketOwnerEnforced | list | 200 200 403 403
      get-canonical | private | none | BucketOwnerEnforced | get | 200 200 200 403
      get-canonical | private | none | BucketOwnerEnforced | list | 200 200 403 403
      get-third | private | none | BucketOwnerEnforced | get-none | 404 404 403 403
      get-third | private | none | BucketOwnerEnforced | head-none | 404 404 403 403
      get-third | private | restrict | BucketOwnerEnforced | get | 200 200 200 403
      get-third | private | all | BucketOwnerEnforced | get | 200 200 200 403
      get-owner | private | none | BucketOwnerEnforced | get | 200 200 403 403
      get-owner | private | none | BucketOwnerEnforced | put | 200 200 403 403
      get-all-list-third | private | none | BucketOwnerEnforced | get | 200 200 200 200
      get-all-list-third | private | none | BucketOwnerEnforced | get-none | 404 404 404 403
      get-all-list-third | private | none | BucketOwnerEnforced | head-none | 404 404 404 403
      get-all-list-third | private | none | BucketOwnerEnforced | list | 200 200 200 403
      get-all-list-third | private | none | BucketOwnerEnforced | versions | 200 200 200 403
      get-all-list-third | private | restrict | BucketOwnerEnforced | get | 200 200 403 403
      get-all-list-third | private | restrict | BucketOwnerEnforced | list | 200 200 403 403
      all-third | private | none | BucketOwnerEnforced | get | 200 200 200 403
      all-third | private | none | BucketOwnerEnforced | get-none | 404 404 404 403
      all-third | private | none | BucketOwnerEnforced | put | 200 200 200 403
      all-third | private | none | BucketOwnerEnforced | delete | 204 204 204 403
      all-third | private | none | BucketOwnerEnforced | list | 200 200 200 403
      all-third | private | none | BucketOwnerEnforced | get-acl | 200 200 200 403
      all-third | private | none | BucketOwnerEnforced | tags | 200 200 200 403
      all-third | private | none | BucketOwnerEnforced | location | 200 200 200 403
      all-third | private | none | BucketOwnerEnforced | get-policy | 200 200 405 403
      all-third | private | none | BucketOwnerEnforced | policy-status | 200 200 200 403
      all-third | private | none | BucketOwnerEnforced | get-block | 404 404 404 403
      # A denial wins over everything but an administrator, and the owner still mends the policy.
      deny-get | private | none | BucketOwnerEnforced | get | 200 403 403 403
      deny-get | private | none | BucketOwnerEnforced | head | 200 403 403 403
      deny-get | private | none | BucketOwnerEnforced | get-none | 404 403 403 403
      deny-get | private | none | BucketOwnerEnforced | put | 200 200 403 403
      deny-get | private | none | BucketOwnerEnforced | list | 200 200 403 403
      deny-get | private | none | BucketOwnerEnforced | get-policy | 200 200 403 403
      deny-all | private | none | BucketOwnerEnforced | get | 200 403 403 403
      deny-all | private | none | BucketOwnerEnforced | put | 200 403 403 403
      deny-all | private | none | BucketOwnerEnforced | list | 200 403 403 403
      deny-all | private | none | BucketOwnerEnforced | get-policy | 200 200 403 403
      deny-all | private | none | BucketOwnerEnforced | get-block | 404 403 403 403
      deny-all | private | none | BucketOwnerEnforced | delete | 204 403 403 403
      get-all-deny-third | private | none | BucketOwnerEnforced | get | 200 200 403 200
      get-all-deny-third | private | none | BucketOwnerEnforced | head | 200 200 403 200
      deny-but-owner | private | none | BucketOwnerEnforced | get | 200 200 403 403
      # Everything but.
      not-action | private | none | BucketOwnerEnforced | get | 200 200 200 403
      not-action | private | none | BucketOwnerEnforced | put | 200 200 200 403
      not-action | private | none | BucketOwnerEnforced | delete | 204 204 403 403
      not-action | private | none | BucketOwnerEnforced | list | 200 200 200 403
      not-resource | private | none | BucketOwnerEnforced | get | 200 200 403 403
      not-resource | private | none | BucketOwnerEnforced | get-other | 200 200 200 200
      home | private | none | BucketOwnerEnforced | get-home | 200 200 200 403
      home | private | none | BucketOwnerEnforced | get | 200 200 403 403
      """;

  /** Conditions. */
  static final String CONDITIONS =
      """
      ip-here | private | none | BucketOwnerEnforced | get | 200 200 200 200
      ip-there | private | none | BucketOwnerEnforced | get | 200 200 403 403
      ip-not-there | private | none | BucketOwnerEnforced | get | 200 200 200 200
      late | private | none | BucketOwnerEnforced | get | 200 200 200 200
      early | private | none | BucketOwnerEnforced | get | 200 200 403 403
      signed | private | none | BucketOwnerEnforced | get | 200 200 200 403
      v4 | private | none | BucketOwnerEnforced | get | 200 200 200 403
      arn | private | none | BucketOwnerEnforced | get | 200 200 200 403
      same-account | private | none | BucketOwnerEnforced | get | 200 200 403 403
      # Bound to an address, or to an account, a policy is not public.
      ip-here | private | restrict | BucketOwnerEnforced | get | 200 200 200 200
      late | private | restrict | BucketOwnerEnforced | get | 200 200 403 403
      arn | private | restrict | BucketOwnerEnforced | get | 200 200 403 403
      tls-only | private | none | BucketOwnerEnforced | get | 200 403 403 403 | 200 200 200 200
      tls-only | private | none | BucketOwnerEnforced | list | 200 403 403 403 | 200 200 403 403
      tls-only | private | none | BucketOwnerEnforced | get-policy | 200 200 403 403
      referer | private | none | BucketOwnerEnforced | get | 200 200 403 403
      referer | private | none | BucketOwnerEnforced | get-referred | 200 200 200 200
      no-referer | private | none | BucketOwnerEnforced | get | 200 200 200 200
      no-referer | private | none | BucketOwnerEnforced | get-referred | 200 200 403 403
      tagged | private | none | BucketOwnerEnforced | get | 200 200 200 200
      tagged | private | none | BucketOwnerEnforced | get-other | 200 200 403 403
      tagged | private | none | BucketOwnerEnforced | get-none | 404 404 403 403
      prefix | private | none | BucketOwnerEnforced | list | 200 200 403 403
      prefix | private | none | BucketOwnerEnforced | list-open | 200 200 200 200
      max-keys | private | none | BucketOwnerEnforced | list | 200 200 403 403
      max-keys | private | none | BucketOwnerEnforced | list-few | 200 200 200 200
      put-full-control | private | none | BucketOwnerEnforced | put | 200 200 403 403
      put-full-control | private | none | BucketOwnerEnforced | put-acl | 200 200 200 403
      put-once | private | none | BucketOwnerEnforced | put | 200 403 403 403
      put-once | private | none | BucketOwnerEnforced | put-if-none | 412 412 412 403
      put-tagged | private | none | BucketOwnerEnforced | put | 200 200 403 403
      put-tagged | private | none | BucketOwnerEnforced | put-team | 200 200 200 403
      put-tagged | private | none | BucketOwnerEnforced | put-teams | 200 200 403 403
      """;

  /** ACLs, access blocks and ownership. */
  static final String ACLS =
      """
      none | private | none | ObjectWriter | get | 200 200 403 403
      none | private | none | ObjectWriter | list | 200 200 403 403
      none | private | none | ObjectWriter | put | 200 200 403 403
      none | private | none | ObjectWriter | get-none | 404 404 403 403
      none | public-read | none | ObjectWriter | get | 200 200 200 200
      none | public-read | none | ObjectWriter | list | 200 200 200 200
      none | public-read | none | ObjectWriter | get-none | 404 404 404 404
      none | public-read | none | ObjectWriter | put | 200 200 403 403
      none | public-read | none | ObjectWriter | get-acl | 200 200 403 403
      none | public-read | none | ObjectWriter | tags | 200 200 403 403
      none | public-read-write | none | ObjectWriter | get | 200 200 200 200
      none | public-read-write | none | ObjectWriter | put | 200 200 200 200
      none | public-read-write | none | ObjectWriter | delete | 204 204 204 204
      none | public-read-write | none | ObjectWriter | get-policy | 404 404 403 403
      none | authenticated-read | none | ObjectWriter | get | 200 200 200 403
      none | authenticated-read | none | ObjectWriter | list | 200 200 200 403
      none | authenticated-read | none | ObjectWriter | put | 200 200 403 403
      # Grants to everybody can be ignored; a restriction is about policies alone.
      none | public-read | ignore | ObjectWriter | get | 200 200 403 403
      none | public-read | ignore | ObjectWriter | list | 200 200 403 403
      none | public-read | ignore | ObjectWriter | get-none | 404 404 403 403
      none | authenticated-read | ignore | ObjectWriter | get | 200 200 403 403
      none | public-read | restrict | ObjectWriter | get | 200 200 200 200
      none | public-read | block-acls | ObjectWriter | get | 200 200 200 200
      none | public-read | all | ObjectWriter | get | 200 200 403 403
      none | public-read | all | ObjectWriter | list | 200 200 403 403
      # Policies and grants add up; a denial wins.
      get-third | public-read | none | ObjectWriter | get | 200 200 200 200
      get-third | public-read | ignore | ObjectWriter | get | 200 200 200 403
      get-third | private | none | ObjectWriter | get | 200 200 200 403
      deny-get | public-read | none | ObjectWriter | get | 200 403 403 403
      deny-get | public-read | none | ObjectWriter | list | 200 200 200 200
      get-all-deny-third | public-read | none | ObjectWriter | get | 200 200 403 200
      get-all | public-read | all | ObjectWriter | get | 200 200 403 403
      # Without ACLs, those that were there count for nothing.
      none | public-read | none | later | get | 200 200 403 403
      none | public-read | none | later | head | 200 200 403 403
      none | public-read | none | later | list | 200 200 403 403
      get-third | public-read | none | later | get | 200 200 200 403
      """;
}
