package io.sluice.error;

/**
 * S3's error codes: the wire code, its HTTP status and the message used when a thrower has none of
 * its own. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error
 *     responses</a>
 */
public enum S3ErrorCode {
  ACCESS_CONTROL_LIST_NOT_SUPPORTED(
      "AccessControlListNotSupported", 400, "The bucket does not allow ACLs"),
  ACCESS_DENIED("AccessDenied", 403, "Access Denied"),
  ACCESS_FORBIDDEN("AccessForbidden", 403, "CORSResponse: This CORS request is not allowed."),
  AMBIGUOUS_BUCKET_NAME(
      "AmbiguousBucketName", 409, "More than one provider has a bucket of this name."),
  AMBIGUOUS_GRANT_BY_EMAIL_ADDRESS(
      "AmbiguousGrantByEmailAddress",
      400,
      "The e-mail address you provided is associated with more than one account."),
  ANNOTATION_LIMIT_EXCEEDED(
      "AnnotationLimitExceeded", 400, "The object has as many annotations as it may have."),
  ANNOTATION_NAME_TOO_LONG("AnnotationNameTooLong", 400, "The annotation name is too long."),
  AUTHORIZATION_HEADER_MALFORMED(
      "AuthorizationHeaderMalformed", 400, "The authorization header is malformed."),
  AUTHORIZATION_QUERY_PARAMETERS_ERROR(
      "AuthorizationQueryParametersError", 400, "Error parsing the query-string credentials."),
  BAD_DIGEST(
      "BadDigest",
      400,
      "The Content-MD5 or checksum you specified did not match what we received."),
  BAD_REQUEST("BadRequest", 400, "Bad Request"),
  BUCKET_ALREADY_EXISTS(
      "BucketAlreadyExists",
      409,
      "The requested bucket name is not available. Please select a different name and try again."),
  BUCKET_ALREADY_OWNED_BY_YOU(
      "BucketAlreadyOwnedByYou",
      409,
      "Your previous request to create the named bucket succeeded and you already own it."),
  BUCKET_NOT_EMPTY("BucketNotEmpty", 409, "The bucket you tried to delete is not empty."),
  CONDITIONAL_REQUEST_CONFLICT(
      "ConditionalRequestConflict",
      409,
      "The conditional request cannot succeed due to a conflicting operation on this resource."),
  CROSS_LOCATION_LOGGING_PROHIBITED(
      "CrossLocationLoggingProhibited", 403, "Cross-location logging is not allowed."),
  DELETE_CONFLICT("DeleteConflict", 409, "It is still in use."),
  ENCRYPTION_TYPE_MISMATCH(
      "EncryptionTypeMismatch",
      400,
      "The existing object was created with a different encryption type. Subsequent write requests"
          + " must include the appropriate encryption parameters in the request."),
  ENTITY_ALREADY_EXISTS("EntityAlreadyExists", 409, "There is one of that name already."),
  ENTITY_TOO_LARGE(
      "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed object size."),
  ENTITY_TOO_SMALL(
      "EntityTooSmall",
      400,
      "Your proposed upload is smaller than the minimum allowed object size."),
  EXPIRED_TOKEN("ExpiredToken", 400, "The provided token has expired."),
  IDEMPOTENCY_PARAMETER_MISMATCH(
      "IdempotencyParameterMismatch", 400, "The client token was used for another request before."),
  ILLEGAL_LOCATION_CONSTRAINT_EXCEPTION(
      "IllegalLocationConstraintException",
      400,
      "The location constraint is incompatible for the region specific endpoint this request was"
          + " sent to."),
  ILLEGAL_VERSIONING_CONFIGURATION(
      "IllegalVersioningConfigurationException",
      400,
      "The versioning configuration specified in the request is invalid."),
  INCOMPLETE_BODY(
      "IncompleteBody",
      400,
      "You did not provide the number of bytes specified by the Content-Length HTTP header."),
  INCORRECT_NUMBER_OF_FILES_IN_POST_REQUEST(
      "IncorrectNumberOfFilesInPostRequest",
      400,
      "POST requires exactly one file upload per request."),
  INTERNAL_ERROR("InternalError", 500, "We encountered an internal error. Please try again."),
  INVALID_ACCESS_KEY_ID(
      "InvalidAccessKeyId",
      403,
      "The AWS Access Key Id you provided does not exist in our records."),
  INVALID_ANNOTATION_NAME("InvalidAnnotationName", 400, "The annotation name is not valid."),
  INVALID_ARGUMENT("InvalidArgument", 400, "Invalid Argument"),
  INVALID_BUCKET_ACL_WITH_BLOCK_PUBLIC_ACCESS(
      "InvalidBucketAclWithBlockPublicAccessError",
      400,
      "Bucket cannot have public ACLs set with BlockPublicAccess enabled"),
  INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP(
      "InvalidBucketAclWithObjectOwnership",
      400,
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"),
  INVALID_BUCKET_NAME("InvalidBucketName", 400, "The specified bucket is not valid."),
  INVALID_BUCKET_STATE(
      "InvalidBucketState", 409, "The request is not valid for the current state of the bucket."),
  INVALID_CHUNK_SIZE_ERROR(
      "InvalidChunkSizeError", 400, "Only the last chunk may be below 8192 bytes."),
  INVALID_DIGEST("InvalidDigest", 400, "The Content-MD5 you specified was invalid."),
  INVALID_ENCRYPTION_ALGORITHM(
      "InvalidEncryptionAlgorithmError", 400, "The encryption request you specified is not valid."),
  INVALID_LOCATION_CONSTRAINT(
      "InvalidLocationConstraint", 400, "The specified location constraint is not valid."),
  INVALID_OBJECT_STATE(
      "InvalidObjectState", 403, "The operation is not valid for the current state of the object."),
  INVALID_PART(
      "InvalidPart",
      400,
      "One or more of the specified parts could not be found. The part may not have been uploaded,"
          + " or the specified entity tag may not match the part's entity tag."),
  INVALID_PART_NUMBER("InvalidPartNumber", 416, "The requested partnumber is not satisfiable"),
  INVALID_PART_ORDER(
      "InvalidPartOrder",
      400,
      "The list of parts was not in ascending order. Parts must be ordered by part number."),
  INVALID_POLICY_DOCUMENT(
      "InvalidPolicyDocument",
      400,
      "The content of the form does not meet the conditions specified in the policy document."),
  INVALID_PREFIX("InvalidPrefix", 400, "The annotation prefix is not valid."),
  INVALID_RANGE("InvalidRange", 416, "The requested range is not satisfiable"),
  INVALID_REQUEST("InvalidRequest", 400, "Invalid Request"),
  INVALID_RETENTION_PERIOD(
      "InvalidRetentionPeriod", 400, "The retention period specified is not valid."),
  INVALID_STORAGE_CLASS("InvalidStorageClass", 400, "The storage class you specified is not valid"),
  INVALID_TAG("InvalidTag", 400, "The tag provided was not a valid tag."),
  INVALID_TARGET_BUCKET_FOR_LOGGING(
      "InvalidTargetBucketForLogging",
      400,
      "The target bucket for logging does not exist, is not owned by you, or does not have the"
          + " appropriate grants for the log-delivery group."),
  INVALID_TOKEN("InvalidToken", 400, "The provided token is malformed or otherwise not valid."),
  INVALID_URI("InvalidURI", 400, "Couldn't parse the specified URI."),
  INVALID_WRITE_OFFSET(
      "InvalidWriteOffset",
      400,
      "The write offset value that you specified does not match the" + " current object size."),
  KEY_TOO_LONG("KeyTooLongError", 400, "Your key is too long"),
  KMS_DISABLED(
      "KMS.DisabledException",
      400,
      "The request was rejected because the specified KMS" + " key is not enabled."),
  KMS_NOT_FOUND("KMS.NotFoundException", 400, "The specified KMS key was not found."),
  LIMIT_EXCEEDED("LimitExceeded", 409, "There are as many as there may be."),
  MALFORMED_ACL(
      "MalformedACLError",
      400,
      "The XML you provided was not well-formed or did not validate against our published schema"),
  MALFORMED_POLICY("MalformedPolicy", 400, "Policy has invalid resource"),
  MALFORMED_POST_REQUEST(
      "MalformedPOSTRequest",
      400,
      "The body of your POST request is not well-formed multipart/form-data."),
  MALFORMED_TRAILER_ERROR(
      "MalformedTrailerError",
      400,
      "The request contained trailing data that was not well-formed or did not conform to our"
          + " published schema."),
  MALFORMED_XML(
      "MalformedXML",
      400,
      "The XML you provided was not well-formed or did not validate against our published schema"),
  MAX_MESSAGE_LENGTH_EXCEEDED("MaxMessageLengthExceeded", 400, "Your request was too big."),
  MAX_POST_PRE_DATA_LENGTH_EXCEEDED(
      "MaxPostPreDataLengthExceeded",
      400,
      "Your POST request fields preceding the upload file were too large."),
  METADATA_TOO_LARGE(
      "MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size."),
  METHOD_NOT_ALLOWED(
      "MethodNotAllowed", 405, "The specified method is not allowed against this resource."),
  MISSING_CONTENT_LENGTH(
      "MissingContentLength", 411, "You must provide the Content-Length HTTP header."),
  MISSING_REQUEST_BODY_ERROR("MissingRequestBodyError", 400, "Request Body is empty"),
  MISSING_SECURITY_HEADER(
      "MissingSecurityHeader", 400, "Your request is missing a required header."),
  NOT_IMPLEMENTED(
      "NotImplemented",
      501,
      "A header or operation you provided implies functionality that is not implemented."),
  NO_SUCH_ANNOTATION("NoSuchAnnotation", 404, "The specified annotation does not exist."),
  NO_SUCH_BUCKET("NoSuchBucket", 404, "The specified bucket does not exist"),
  NO_SUCH_BUCKET_POLICY("NoSuchBucketPolicy", 404, "The bucket policy does not exist"),
  NO_SUCH_CONFIGURATION("NoSuchConfiguration", 404, "The specified configuration does not exist."),
  NO_SUCH_CORS_CONFIGURATION(
      "NoSuchCORSConfiguration", 404, "The CORS configuration does not exist"),
  NO_SUCH_ENTITY("NoSuchEntity", 404, "There is no such account, user, key or policy."),
  NO_SUCH_KEY("NoSuchKey", 404, "The specified key does not exist."),
  NO_SUCH_LIFECYCLE_CONFIGURATION(
      "NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist"),
  NO_SUCH_OBJECT_LOCK_CONFIGURATION(
      "NoSuchObjectLockConfiguration",
      404,
      "The specified object does not have a ObjectLock configuration"),
  NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION(
      "NoSuchPublicAccessBlockConfiguration",
      404,
      "The public access block configuration was not found"),
  NO_SUCH_TAG_SET("NoSuchTagSet", 404, "The TagSet does not exist"),
  NO_SUCH_UPLOAD(
      "NoSuchUpload",
      404,
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
          + " been aborted or completed."),
  NO_SUCH_VERSION("NoSuchVersion", 404, "The specified version does not exist."),
  NO_SUCH_WEBSITE_CONFIGURATION(
      "NoSuchWebsiteConfiguration",
      404,
      "The specified bucket does not have a website configuration"),
  OBJECT_LOCK_CONFIGURATION_NOT_FOUND(
      "ObjectLockConfigurationNotFoundError",
      404,
      "Object Lock configuration does not exist for this bucket"),
  OPERATION_ABORTED(
      "OperationAborted",
      409,
      "A conflicting conditional operation is currently in progress against this resource. Try"
          + " again."),
  OWNERSHIP_CONTROLS_NOT_FOUND(
      "OwnershipControlsNotFoundError", 404, "The bucket ownership controls were not found"),
  PRECONDITION_FAILED(
      "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold"),
  QUOTA_EXCEEDED("QuotaExceeded", 403, "The quota of the bucket or account is used up."),
  REPLICATION_CONFIGURATION_NOT_FOUND(
      "ReplicationConfigurationNotFoundError", 404, "The replication configuration was not found"),
  REQUEST_HEADER_SECTION_TOO_LARGE(
      "RequestHeaderSectionTooLarge",
      400,
      "Your request header section exceeds the maximum allowed request header section size."),
  REQUEST_TIMEOUT(
      "RequestTimeout",
      400,
      "Your socket connection to the server was not read from or written to within the timeout"
          + " period."),
  REQUEST_TIME_TOO_SKEWED(
      "RequestTimeTooSkewed",
      403,
      "The difference between the request time and the current time is too large."),
  SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND(
      "ServerSideEncryptionConfigurationNotFoundError",
      404,
      "The server side encryption configuration was not found"),
  SERVICE_UNAVAILABLE(
      "ServiceUnavailable", 503, "The service is unable to handle the request. Please try again."),
  SIGNATURE_DOES_NOT_MATCH(
      "SignatureDoesNotMatch",
      403,
      "The request signature we calculated does not match the signature you provided. Check your"
          + " key and signing method."),
  SLOW_DOWN("SlowDown", 503, "Please reduce your request rate."),
  STORAGE_FULL("StorageFull", 507, "The storage has no room for this request."),
  TOO_MANY_BUCKETS(
      "TooManyBuckets", 400, "You have attempted to create more buckets than allowed."),
  TOO_MANY_PARTS("TooManyParts", 400, "You have attempted to append more parts than allowed."),
  UNEXPECTED_CONTENT("UnexpectedContent", 400, "This request does not support content."),
  UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS(
      "UnresolvableGrantByEmailAddress",
      400,
      "The e-mail address you provided does not match any account on record."),
  UNSUPPORTED_MEDIA_TYPE(
      "UnsupportedMediaType", 415, "The annotation payload is not valid UTF-8 encoded text."),
  USER_KEY_MUST_BE_SPECIFIED(
      "UserKeyMustBeSpecified",
      400,
      "The bucket POST must contain the specified field name. If it is specified, check the order"
          + " of the fields."),
  X_AMZ_CONTENT_SHA256_MISMATCH(
      "XAmzContentSHA256Mismatch",
      400,
      "The provided 'x-amz-content-sha256' header does not match what was computed.");

  private final String wireCode;
  private final int status;
  private final String defaultMessage;

  S3ErrorCode(String wireCode, int status, String defaultMessage) {
    this.wireCode = wireCode;
    this.status = status;
    this.defaultMessage = defaultMessage;
  }

  /** The code as it stands in {@code <Code>}. */
  public String wireCode() {
    return wireCode;
  }

  /** The HTTP status, 400 to 507. */
  public int status() {
    return status;
  }

  /** The message used when none is given; never empty. */
  public String defaultMessage() {
    return defaultMessage;
  }

  /** A new exception with the default message. */
  public S3Exception exception() {
    return new S3Exception(this, defaultMessage, null);
  }

  /** A new exception with a message of its own, which reaches the client as it is. */
  public S3Exception exception(String message) {
    return new S3Exception(this, message, null);
  }

  /** A new exception with a message and the cause, which is logged and never sent. */
  public S3Exception exception(String message, Throwable cause) {
    return new S3Exception(this, message, cause);
  }
}
