package io.sluice.operation;

import static io.sluice.operation.S3Operation.Access.ADMIN;
import static io.sluice.operation.S3Operation.Access.READ;
import static io.sluice.operation.S3Operation.Access.WRITE;
import static io.sluice.operation.S3Operation.Body.NONE;
import static io.sluice.operation.S3Operation.Body.STREAM;
import static io.sluice.operation.S3Operation.Body.XML;

/**
 * THE table: one row for every S3 operation, built or not, with its wire name, its {@link Route},
 * what it does to its target, its body, and the policy action that it stands for ({@code s3:} and
 * the wire name unless the row says otherwise). A row without a handler answers a 501 that names
 * it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html">Operations</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Actions</a>
 */
@SuppressWarnings("ImmutableEnumChecker") // Route is an immutable record
public enum S3Operation {
  ABORT_MULTIPART_UPLOAD("AbortMultipartUpload", "DELETE object &uploadId", WRITE),
  COMPLETE_MULTIPART_UPLOAD(
      "CompleteMultipartUpload", "POST object &uploadId", WRITE, XML, "s3:PutObject"),
  COPY_OBJECT("CopyObject", "PUT object #x-amz-copy-source", WRITE, NONE, "s3:PutObject"),
  CREATE_BUCKET("CreateBucket", "PUT bucket", ADMIN, XML),
  CREATE_BUCKET_METADATA_CONFIGURATION(
      "CreateBucketMetadataConfiguration",
      "POST bucket ?metadataConfiguration",
      ADMIN,
      XML,
      "s3:CreateBucketMetadataTableConfiguration"),
  CREATE_BUCKET_METADATA_TABLE_CONFIGURATION(
      "CreateBucketMetadataTableConfiguration", "POST bucket ?metadataTable", ADMIN, XML),
  CREATE_MULTIPART_UPLOAD(
      "CreateMultipartUpload", "POST object ?uploads", WRITE, NONE, "s3:PutObject"),
  CREATE_SESSION("CreateSession", "GET bucket ?session", ADMIN),
  DELETE_BUCKET("DeleteBucket", "DELETE bucket", ADMIN),
  DELETE_BUCKET_ANALYTICS_CONFIGURATION(
      "DeleteBucketAnalyticsConfiguration",
      "DELETE bucket ?analytics ~id",
      ADMIN,
      NONE,
      "s3:PutAnalyticsConfiguration"),
  DELETE_BUCKET_CORS("DeleteBucketCors", "DELETE bucket ?cors", ADMIN, NONE, "s3:PutBucketCORS"),
  DELETE_BUCKET_ENCRYPTION(
      "DeleteBucketEncryption",
      "DELETE bucket ?encryption",
      ADMIN,
      NONE,
      "s3:PutEncryptionConfiguration"),
  DELETE_BUCKET_INTELLIGENT_TIERING_CONFIGURATION(
      "DeleteBucketIntelligentTieringConfiguration",
      "DELETE bucket ?intelligent-tiering ~id",
      ADMIN,
      NONE,
      "s3:PutIntelligentTieringConfiguration"),
  DELETE_BUCKET_INVENTORY_CONFIGURATION(
      "DeleteBucketInventoryConfiguration",
      "DELETE bucket ?inventory ~id",
      ADMIN,
      NONE,
      "s3:PutInventoryConfiguration"),
  DELETE_BUCKET_LIFECYCLE(
      "DeleteBucketLifecycle",
      "DELETE bucket ?lifecycle",
      ADMIN,
      NONE,
      "s3:PutLifecycleConfiguration"),
  DELETE_BUCKET_METADATA_CONFIGURATION(
      "DeleteBucketMetadataConfiguration",
      "DELETE bucket ?metadataConfiguration",
      ADMIN,
      NONE,
      "s3:DeleteBucketMetadataTableConfiguration"),
  DELETE_BUCKET_METADATA_TABLE_CONFIGURATION(
      "DeleteBucketMetadataTableConfiguration", "DELETE bucket ?metadataTable", ADMIN),
  DELETE_BUCKET_METRICS_CONFIGURATION(
      "DeleteBucketMetricsConfiguration",
      "DELETE bucket ?metrics ~id",
      ADMIN,
      NONE,
      "s3:PutMetricsConfiguration"),
  DELETE_BUCKET_OWNERSHIP_CONTROLS(
      "DeleteBucketOwnershipControls",
      "DELETE bucket ?ownershipControls",
      ADMIN,
      NONE,
      "s3:PutBucketOwnershipControls"),
  DELETE_BUCKET_POLICY("DeleteBucketPolicy", "DELETE bucket ?policy", ADMIN),
  DELETE_BUCKET_REPLICATION(
      "DeleteBucketReplication",
      "DELETE bucket ?replication",
      ADMIN,
      NONE,
      "s3:PutReplicationConfiguration"),
  DELETE_BUCKET_TAGGING(
      "DeleteBucketTagging", "DELETE bucket ?tagging", ADMIN, NONE, "s3:PutBucketTagging"),
  DELETE_BUCKET_WEBSITE("DeleteBucketWebsite", "DELETE bucket ?website", ADMIN),
  DELETE_OBJECT("DeleteObject", "DELETE object ~versionId", WRITE),
  DELETE_OBJECT_ANNOTATION(
      "DeleteObjectAnnotation", "DELETE object ?annotation ~annotationName ~versionId", WRITE),
  DELETE_OBJECT_TAGGING("DeleteObjectTagging", "DELETE object ?tagging ~versionId", WRITE),
  DELETE_OBJECTS("DeleteObjects", "POST bucket ?delete", WRITE, XML, "s3:DeleteObject"),
  DELETE_PUBLIC_ACCESS_BLOCK(
      "DeletePublicAccessBlock",
      "DELETE bucket ?publicAccessBlock",
      ADMIN,
      NONE,
      "s3:PutBucketPublicAccessBlock"),
  GET_BUCKET_ABAC("GetBucketAbac", "GET bucket ?abac", ADMIN),
  GET_BUCKET_ACCELERATE_CONFIGURATION(
      "GetBucketAccelerateConfiguration",
      "GET bucket ?accelerate",
      ADMIN,
      NONE,
      "s3:GetAccelerateConfiguration"),
  GET_BUCKET_ACL("GetBucketAcl", "GET bucket ?acl", ADMIN),
  GET_BUCKET_ANALYTICS_CONFIGURATION(
      "GetBucketAnalyticsConfiguration",
      "GET bucket ?analytics &id",
      ADMIN,
      NONE,
      "s3:GetAnalyticsConfiguration"),
  GET_BUCKET_CORS("GetBucketCors", "GET bucket ?cors", ADMIN, NONE, "s3:GetBucketCORS"),
  GET_BUCKET_ENCRYPTION(
      "GetBucketEncryption",
      "GET bucket ?encryption",
      ADMIN,
      NONE,
      "s3:GetEncryptionConfiguration"),
  GET_BUCKET_INTELLIGENT_TIERING_CONFIGURATION(
      "GetBucketIntelligentTieringConfiguration",
      "GET bucket ?intelligent-tiering &id",
      ADMIN,
      NONE,
      "s3:GetIntelligentTieringConfiguration"),
  GET_BUCKET_INVENTORY_CONFIGURATION(
      "GetBucketInventoryConfiguration",
      "GET bucket ?inventory &id",
      ADMIN,
      NONE,
      "s3:GetInventoryConfiguration"),
  GET_BUCKET_LIFECYCLE_CONFIGURATION(
      "GetBucketLifecycleConfiguration",
      "GET bucket ?lifecycle",
      ADMIN,
      NONE,
      "s3:GetLifecycleConfiguration"),
  GET_BUCKET_LOCATION("GetBucketLocation", "GET bucket ?location", READ),
  GET_BUCKET_LOGGING("GetBucketLogging", "GET bucket ?logging", ADMIN),
  GET_BUCKET_METADATA_CONFIGURATION(
      "GetBucketMetadataConfiguration",
      "GET bucket ?metadataConfiguration",
      ADMIN,
      NONE,
      "s3:GetBucketMetadataTableConfiguration"),
  GET_BUCKET_METADATA_TABLE_CONFIGURATION(
      "GetBucketMetadataTableConfiguration", "GET bucket ?metadataTable", ADMIN),
  GET_BUCKET_METRICS_CONFIGURATION(
      "GetBucketMetricsConfiguration",
      "GET bucket ?metrics &id",
      ADMIN,
      NONE,
      "s3:GetMetricsConfiguration"),
  GET_BUCKET_NOTIFICATION_CONFIGURATION(
      "GetBucketNotificationConfiguration",
      "GET bucket ?notification",
      ADMIN,
      NONE,
      "s3:GetBucketNotification"),
  GET_BUCKET_OWNERSHIP_CONTROLS(
      "GetBucketOwnershipControls", "GET bucket ?ownershipControls", ADMIN),
  GET_BUCKET_POLICY("GetBucketPolicy", "GET bucket ?policy", ADMIN),
  GET_BUCKET_POLICY_STATUS("GetBucketPolicyStatus", "GET bucket ?policyStatus", ADMIN),
  GET_BUCKET_REPLICATION(
      "GetBucketReplication",
      "GET bucket ?replication",
      ADMIN,
      NONE,
      "s3:GetReplicationConfiguration"),
  GET_BUCKET_REQUEST_PAYMENT("GetBucketRequestPayment", "GET bucket ?requestPayment", ADMIN),
  GET_BUCKET_TAGGING("GetBucketTagging", "GET bucket ?tagging", ADMIN),
  GET_BUCKET_VERSIONING("GetBucketVersioning", "GET bucket ?versioning", ADMIN),
  GET_BUCKET_WEBSITE("GetBucketWebsite", "GET bucket ?website", ADMIN),
  GET_OBJECT("GetObject", "GET object", READ),
  GET_OBJECT_ACL("GetObjectAcl", "GET object ?acl", READ),
  GET_OBJECT_ANNOTATION("GetObjectAnnotation", "GET object ?annotation &annotationName", READ),
  GET_OBJECT_ATTRIBUTES("GetObjectAttributes", "GET object ?attributes", READ),
  GET_OBJECT_LEGAL_HOLD("GetObjectLegalHold", "GET object ?legal-hold", READ),
  GET_OBJECT_LOCK_CONFIGURATION(
      "GetObjectLockConfiguration",
      "GET bucket ?object-lock",
      ADMIN,
      NONE,
      "s3:GetBucketObjectLockConfiguration"),
  GET_OBJECT_RETENTION("GetObjectRetention", "GET object ?retention", READ),
  GET_OBJECT_TAGGING("GetObjectTagging", "GET object ?tagging", READ),
  GET_OBJECT_TORRENT("GetObjectTorrent", "GET object ?torrent", READ),
  GET_PUBLIC_ACCESS_BLOCK(
      "GetPublicAccessBlock",
      "GET bucket ?publicAccessBlock",
      ADMIN,
      NONE,
      "s3:GetBucketPublicAccessBlock"),
  HEAD_BUCKET("HeadBucket", "HEAD bucket", READ, NONE, "s3:ListBucket"),
  HEAD_OBJECT("HeadObject", "HEAD object", READ, NONE, "s3:GetObject"),
  LIST_BUCKET_ANALYTICS_CONFIGURATIONS(
      "ListBucketAnalyticsConfigurations",
      "GET bucket ?analytics",
      ADMIN,
      NONE,
      "s3:GetAnalyticsConfiguration"),
  LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS(
      "ListBucketIntelligentTieringConfigurations",
      "GET bucket ?intelligent-tiering",
      ADMIN,
      NONE,
      "s3:GetIntelligentTieringConfiguration"),
  LIST_BUCKET_INVENTORY_CONFIGURATIONS(
      "ListBucketInventoryConfigurations",
      "GET bucket ?inventory",
      ADMIN,
      NONE,
      "s3:GetInventoryConfiguration"),
  LIST_BUCKET_METRICS_CONFIGURATIONS(
      "ListBucketMetricsConfigurations",
      "GET bucket ?metrics",
      ADMIN,
      NONE,
      "s3:GetMetricsConfiguration"),
  LIST_BUCKETS("ListBuckets", "GET service", READ, NONE, "s3:ListAllMyBuckets"),
  LIST_MULTIPART_UPLOADS(
      "ListMultipartUploads", "GET bucket ?uploads", READ, NONE, "s3:ListBucketMultipartUploads"),
  LIST_OBJECT_ANNOTATIONS("ListObjectAnnotations", "GET object ?annotation", READ),
  LIST_OBJECT_VERSIONS(
      "ListObjectVersions", "GET bucket ?versions", READ, NONE, "s3:ListBucketVersions"),
  LIST_OBJECTS("ListObjects", "GET bucket", READ, NONE, "s3:ListBucket"),
  LIST_OBJECTS_V2("ListObjectsV2", "GET bucket &list-type=2", READ, NONE, "s3:ListBucket"),
  LIST_PARTS("ListParts", "GET object &uploadId", READ, NONE, "s3:ListMultipartUploadParts"),
  PUT_BUCKET_ABAC("PutBucketAbac", "PUT bucket ?abac", ADMIN, XML),
  PUT_BUCKET_ACCELERATE_CONFIGURATION(
      "PutBucketAccelerateConfiguration",
      "PUT bucket ?accelerate",
      ADMIN,
      XML,
      "s3:PutAccelerateConfiguration"),
  PUT_BUCKET_ACL("PutBucketAcl", "PUT bucket ?acl", ADMIN, XML),
  PUT_BUCKET_ANALYTICS_CONFIGURATION(
      "PutBucketAnalyticsConfiguration",
      "PUT bucket ?analytics ~id",
      ADMIN,
      XML,
      "s3:PutAnalyticsConfiguration"),
  PUT_BUCKET_CORS("PutBucketCors", "PUT bucket ?cors", ADMIN, XML, "s3:PutBucketCORS"),
  PUT_BUCKET_ENCRYPTION(
      "PutBucketEncryption", "PUT bucket ?encryption", ADMIN, XML, "s3:PutEncryptionConfiguration"),
  PUT_BUCKET_INTELLIGENT_TIERING_CONFIGURATION(
      "PutBucketIntelligentTieringConfiguration",
      "PUT bucket ?intelligent-tiering ~id",
      ADMIN,
      XML,
      "s3:PutIntelligentTieringConfiguration"),
  PUT_BUCKET_INVENTORY_CONFIGURATION(
      "PutBucketInventoryConfiguration",
      "PUT bucket ?inventory ~id",
      ADMIN,
      XML,
      "s3:PutInventoryConfiguration"),
  PUT_BUCKET_LIFECYCLE_CONFIGURATION(
      "PutBucketLifecycleConfiguration",
      "PUT bucket ?lifecycle",
      ADMIN,
      XML,
      "s3:PutLifecycleConfiguration"),
  PUT_BUCKET_LOGGING("PutBucketLogging", "PUT bucket ?logging", ADMIN, XML),
  PUT_BUCKET_METRICS_CONFIGURATION(
      "PutBucketMetricsConfiguration",
      "PUT bucket ?metrics ~id",
      ADMIN,
      XML,
      "s3:PutMetricsConfiguration"),
  PUT_BUCKET_NOTIFICATION_CONFIGURATION(
      "PutBucketNotificationConfiguration",
      "PUT bucket ?notification",
      ADMIN,
      XML,
      "s3:PutBucketNotification"),
  PUT_BUCKET_OWNERSHIP_CONTROLS(
      "PutBucketOwnershipControls", "PUT bucket ?ownershipControls", ADMIN, XML),
  PUT_BUCKET_POLICY("PutBucketPolicy", "PUT bucket ?policy", ADMIN, XML),
  PUT_BUCKET_REPLICATION(
      "PutBucketReplication",
      "PUT bucket ?replication",
      ADMIN,
      XML,
      "s3:PutReplicationConfiguration"),
  PUT_BUCKET_REQUEST_PAYMENT("PutBucketRequestPayment", "PUT bucket ?requestPayment", ADMIN, XML),
  PUT_BUCKET_TAGGING("PutBucketTagging", "PUT bucket ?tagging", ADMIN, XML),
  PUT_BUCKET_VERSIONING("PutBucketVersioning", "PUT bucket ?versioning", ADMIN, XML),
  PUT_BUCKET_WEBSITE("PutBucketWebsite", "PUT bucket ?website", ADMIN, XML),
  PUT_OBJECT("PutObject", "PUT object", WRITE, STREAM),
  PUT_OBJECT_ACL("PutObjectAcl", "PUT object ?acl ~versionId", WRITE, XML),
  PUT_OBJECT_ANNOTATION(
      "PutObjectAnnotation", "PUT object ?annotation ~annotationName ~versionId", WRITE, STREAM),
  PUT_OBJECT_LEGAL_HOLD("PutObjectLegalHold", "PUT object ?legal-hold ~versionId", WRITE, XML),
  PUT_OBJECT_LOCK_CONFIGURATION(
      "PutObjectLockConfiguration",
      "PUT bucket ?object-lock",
      ADMIN,
      XML,
      "s3:PutBucketObjectLockConfiguration"),
  PUT_OBJECT_RETENTION("PutObjectRetention", "PUT object ?retention ~versionId", WRITE, XML),
  PUT_OBJECT_TAGGING("PutObjectTagging", "PUT object ?tagging ~versionId", WRITE, XML),
  PUT_PUBLIC_ACCESS_BLOCK(
      "PutPublicAccessBlock",
      "PUT bucket ?publicAccessBlock",
      ADMIN,
      XML,
      "s3:PutBucketPublicAccessBlock"),
  RENAME_OBJECT("RenameObject", "PUT object ?renameObject", WRITE),
  RESTORE_OBJECT("RestoreObject", "POST object ?restore ~versionId", WRITE, XML),
  SELECT_OBJECT_CONTENT(
      "SelectObjectContent", "POST object ?select ~select-type", READ, XML, "s3:GetObject"),
  UPDATE_BUCKET_METADATA_ANNOTATION_TABLE_CONFIGURATION(
      "UpdateBucketMetadataAnnotationTableConfiguration",
      "PUT bucket ?metadataAnnotationTable",
      ADMIN,
      XML),
  UPDATE_BUCKET_METADATA_INVENTORY_TABLE_CONFIGURATION(
      "UpdateBucketMetadataInventoryTableConfiguration",
      "PUT bucket ?metadataInventoryTable",
      ADMIN,
      XML),
  UPDATE_BUCKET_METADATA_JOURNAL_TABLE_CONFIGURATION(
      "UpdateBucketMetadataJournalTableConfiguration",
      "PUT bucket ?metadataJournalTable",
      ADMIN,
      XML),
  UPDATE_OBJECT_ENCRYPTION(
      "UpdateObjectEncryption", "PUT object ?encryption ~versionId", WRITE, XML),
  UPLOAD_PART("UploadPart", "PUT object &partNumber &uploadId", WRITE, STREAM, "s3:PutObject"),
  UPLOAD_PART_COPY(
      "UploadPartCopy",
      "PUT object &partNumber &uploadId #x-amz-copy-source",
      WRITE,
      NONE,
      "s3:PutObject"),
  POST_OBJECT("PostObject", "POST bucket", WRITE, STREAM, "s3:PutObject");

  /** What a row does to its target. */
  public enum Access {
    READ,
    WRITE,
    /** Configuration, and the life of buckets. */
    ADMIN
  }

  /** What kind of body a request has. */
  public enum Body {
    NONE,
    XML,
    STREAM
  }

  private final String wireName;
  private final Route route;
  private final Access access;
  private final Body body;
  private final String action;

  S3Operation(String wireName, String route, Access access) {
    this(wireName, route, access, NONE, "s3:" + wireName);
  }

  S3Operation(String wireName, String route, Access access, Body body) {
    this(wireName, route, access, body, "s3:" + wireName);
  }

  S3Operation(String wireName, String route, Access access, Body body, String action) {
    this.wireName = wireName;
    this.route = Route.parse(route);
    this.access = access;
    this.body = body;
    this.action = action;
  }

  /** AWS's name of the operation. */
  public String wireName() {
    return wireName;
  }

  /** How a request is recognised. */
  public Route route() {
    return route;
  }

  /** What it does to the target. */
  public Access access() {
    return access;
  }

  /** What kind of body it has. */
  public Body body() {
    return body;
  }

  /** The policy action, such as {@code s3:GetObject}. */
  public String action() {
    return action;
  }

  /** The policy action when the request names a version, such as {@code s3:GetObjectVersion}. */
  public String versionAction() {
    return switch (this) {
      case GET_OBJECT,
          HEAD_OBJECT,
          DELETE_OBJECT,
          DELETE_OBJECTS,
          GET_OBJECT_ACL,
          PUT_OBJECT_ACL,
          GET_OBJECT_ATTRIBUTES,
          GET_OBJECT_TAGGING,
          PUT_OBJECT_TAGGING,
          DELETE_OBJECT_TAGGING,
          GET_OBJECT_TORRENT ->
          action.replace("Object", "ObjectVersion");
      default -> action;
    };
  }

  /**
   * Whether its handler finds out who asks and whether they may, since the body says it and filters
   * read none.
   */
  public boolean signedInBody() {
    return this == POST_OBJECT;
  }

  /** Whether it belongs to the multipart servlet: multipart uploads and forms. */
  public boolean multipart() {
    return switch (this) {
      case ABORT_MULTIPART_UPLOAD,
          COMPLETE_MULTIPART_UPLOAD,
          CREATE_MULTIPART_UPLOAD,
          LIST_MULTIPART_UPLOADS,
          LIST_PARTS,
          POST_OBJECT,
          UPLOAD_PART,
          UPLOAD_PART_COPY ->
          true;
      default -> false;
    };
  }
}
