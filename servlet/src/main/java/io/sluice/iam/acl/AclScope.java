package io.sluice.iam.acl;

/** What an ACL belongs to. */
public enum AclScope {
  BUCKET,
  OBJECT
}
