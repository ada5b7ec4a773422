package io.sluice.iam.acl;

/** That somebody may do something. Immutable. */
public record Grant(Grantee grantee, Permission permission) {}
