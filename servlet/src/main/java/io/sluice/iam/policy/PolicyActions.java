package io.sluice.iam.policy;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The actions of S3 and what each is about. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Actions</a>
 */
public final class PolicyActions {
  /** What an action is about. */
  public enum Scope {
    SERVICE,
    BUCKET,
    OBJECT
  }

  private static final String OF_SERVICE =
      "ListAllMyBuckets GetAccountPublicAccessBlock PutAccountPublicAccessBlock";

  private static final String OF_BUCKET =
      "CreateBucket DeleteBucket ListBucket ListBucketVersions ListBucketMultipartUploads"
          + " GetAccelerateConfiguration PutAccelerateConfiguration"
          + " GetAnalyticsConfiguration PutAnalyticsConfiguration"
          + " GetBucketAbac PutBucketAbac GetBucketAcl PutBucketAcl GetBucketCORS PutBucketCORS"
          + " GetBucketLocation GetBucketLogging PutBucketLogging"
          + " GetBucketMetadataTableConfiguration CreateBucketMetadataTableConfiguration"
          + " DeleteBucketMetadataTableConfiguration"
          + " UpdateBucketMetadataAnnotationTableConfiguration"
          + " UpdateBucketMetadataInventoryTableConfiguration"
          + " UpdateBucketMetadataJournalTableConfiguration"
          + " GetBucketNotification PutBucketNotification"
          + " GetBucketObjectLockConfiguration PutBucketObjectLockConfiguration"
          + " GetBucketOwnershipControls PutBucketOwnershipControls"
          + " GetBucketPolicy PutBucketPolicy DeleteBucketPolicy GetBucketPolicyStatus"
          + " GetBucketPublicAccessBlock PutBucketPublicAccessBlock"
          + " GetBucketRequestPayment PutBucketRequestPayment GetBucketTagging PutBucketTagging"
          + " GetBucketVersioning PutBucketVersioning"
          + " GetBucketWebsite PutBucketWebsite DeleteBucketWebsite CreateSession"
          + " GetEncryptionConfiguration PutEncryptionConfiguration"
          + " GetIntelligentTieringConfiguration PutIntelligentTieringConfiguration"
          + " GetInventoryConfiguration PutInventoryConfiguration"
          + " GetLifecycleConfiguration PutLifecycleConfiguration"
          + " GetMetricsConfiguration PutMetricsConfiguration"
          + " GetReplicationConfiguration PutReplicationConfiguration";

  private static final String OF_OBJECT =
      "GetObject GetObjectVersion PutObject DeleteObject DeleteObjectVersion"
          + " GetObjectAcl GetObjectVersionAcl PutObjectAcl PutObjectVersionAcl"
          + " GetObjectAttributes GetObjectVersionAttributes"
          + " GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging"
          + " DeleteObjectTagging DeleteObjectVersionTagging"
          + " GetObjectTorrent GetObjectVersionTorrent"
          + " GetObjectLegalHold PutObjectLegalHold GetObjectRetention PutObjectRetention"
          + " BypassGovernanceRetention RestoreObject AbortMultipartUpload"
          + " ListMultipartUploadParts RenameObject UpdateObjectEncryption"
          + " GetObjectAnnotation PutObjectAnnotation DeleteObjectAnnotation"
          + " ListObjectAnnotations InitiateReplication GetObjectVersionForReplication"
          + " ReplicateObject ReplicateDelete ReplicateTags ObjectOwnerOverrideToBucketOwner";

  private static final Map<String, Scope> SCOPES = scopes();

  private PolicyActions() {}

  private static Map<String, Scope> scopes() {
    Map<String, Scope> scopes = new LinkedHashMap<>();
    put(scopes, OF_SERVICE, Scope.SERVICE);
    put(scopes, OF_BUCKET, Scope.BUCKET);
    put(scopes, OF_OBJECT, Scope.OBJECT);
    return Collections.unmodifiableMap(scopes);
  }

  private static void put(Map<String, Scope> scopes, String names, Scope scope) {
    for (String name : Splitter.on(' ').split(names)) {
      scopes.put("s3:" + name, scope);
    }
  }

  /** Every action, such as {@code s3:GetObject}. */
  public static Set<String> all() {
    return SCOPES.keySet();
  }

  /** What a known action is about. */
  static Scope scope(String action) {
    Scope scope = SCOPES.get(action);
    if (scope == null) {
      throw new IllegalStateException("no such action: " + action);
    }
    return scope;
  }

  /** The actions that a pattern means, in any letter case. */
  static List<String> matching(TextPattern pattern) {
    TextPattern.Resolved resolved = pattern.widest();
    List<String> actions = new ArrayList<>();
    for (String action : SCOPES.keySet()) {
      if (resolved.matchesIgnoringCase(action)) {
        actions.add(action);
      }
    }
    return actions;
  }

  /** Whether a pattern is about another service than S3, which has actions of its own. */
  static boolean isForeign(String pattern) {
    int colon = pattern.indexOf(':');
    return colon > 0
        && !pattern.toLowerCase(Locale.ROOT).startsWith("s3:")
        && pattern.matches("[A-Za-z0-9-]+:[A-Za-z0-9*?]+");
  }
}
