package io.sluice.web.logging;

import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods and resource types as access logs name them. Stateless. */
final class ResourceType {
  /** Operations that are not named by method and sub-resource. */
  private static final Map<S3Operation, String> OF_OPERATION =
      Map.ofEntries(
          Map.entry(S3Operation.COPY_OBJECT, "COPY.OBJECT"),
          Map.entry(S3Operation.UPLOAD_PART, "PUT.PART"),
          Map.entry(S3Operation.UPLOAD_PART_COPY, "COPY.PART"),
          Map.entry(S3Operation.CREATE_MULTIPART_UPLOAD, "POST.UPLOADS"),
          Map.entry(S3Operation.COMPLETE_MULTIPART_UPLOAD, "POST.UPLOAD"),
          Map.entry(S3Operation.ABORT_MULTIPART_UPLOAD, "DELETE.UPLOAD"),
          Map.entry(S3Operation.LIST_PARTS, "GET.UPLOAD"),
          Map.entry(S3Operation.LIST_MULTIPART_UPLOADS, "GET.UPLOADS"),
          Map.entry(S3Operation.DELETE_OBJECTS, "POST.MULTI_OBJECT_DELETE"));

  private static final Map<String, String> OF_SUBRESOURCE =
      Map.of(
          "logging", "LOGGING_STATUS",
          "policy", "BUCKETPOLICY",
          "policyStatus", "BUCKET_POLICY_STATUS",
          "versions", "BUCKETVERSIONS",
          "requestPayment", "REQUEST_PAYMENT",
          "publicAccessBlock", "PUBLIC_ACCESS_BLOCK",
          "ownershipControls", "OWNERSHIP_CONTROLS",
          "object-lock", "OBJECT_LOCK_CONFIGURATION",
          "retention", "OBJECT_LOCK_RETENTION",
          "legal-hold", "OBJECT_LOCK_LEGALHOLD");

  private ResourceType() {}

  /** Method and resource type, such as {@code GET.OBJECT}. */
  static String of(String method, @Nullable S3Operation operation, S3Target target) {
    if (method.equals("OPTIONS")) {
      return "OPTIONS.PREFLIGHT";
    }
    String kind = target.kind().name();
    if (operation == null) {
      return (method.matches("[A-Z]{1,16}") ? method : "-") + "." + kind;
    }
    String named = OF_OPERATION.get(operation);
    if (named != null) {
      return named;
    }
    String subresource = operation.route().subresource();
    if (subresource == null) {
      return method + "." + kind;
    }
    String type =
        OF_SUBRESOURCE.getOrDefault(
            subresource, subresource.toUpperCase(Locale.ROOT).replace('-', '_'));
    boolean tags = subresource.equals("tagging") && kind.equals("OBJECT");
    return method + "." + (tags ? "OBJECT_TAGGING" : type);
  }
}
