package io.sluice.operation.form;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.auth.Authenticator;
import io.sluice.auth.Identity;
import io.sluice.auth.VerifiedBody;
import io.sluice.auth.form.PostPolicy;
import io.sluice.checksum.BodyDigests;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectKey;
import io.sluice.operation.Authorizer;
import io.sluice.operation.BodyPayload;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.RequestGuards;
import io.sluice.operation.RequestPayment;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.protocol.S3Target;
import io.sluice.protocol.form.FormBoundary;
import io.sluice.protocol.form.PostForm;
import io.sluice.uri.PercentCoding;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores the file of a form, as a browser sends it. The form says who sends it and what its signer
 * lets them; then it is the PutObject that its fields describe, with whatever that honours and
 * refuses. <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">API</a>.
 *
 * <p>No filter asks whether the sender may do this, since the filters do not read bodies: it is
 * asked here, before a byte of the file is read.
 */
final class PostObject implements OperationHandler {
  /** The body is a form; what is kept is computed of its file. */
  private static final BodyDigests NO_DIGESTS = new BodyDigests(null, false);

  private final Authenticator authenticator;
  private final Authorizer authorizer;
  private final RequestGuards guards;
  private final OperationHandler putObject;
  private final Clock clock;

  PostObject(
      Authenticator authenticator,
      Authorizer authorizer,
      RequestGuards guards,
      OperationHandler putObject,
      Clock clock) {
    this.authenticator = authenticator;
    this.authorizer = authorizer;
    this.guards = guards;
    this.putObject = putObject;
    this.clock = clock;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.POST_OBJECT;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    FormBoundary boundary = FormBoundary.parse(request.headers().get("Content-Type"));
    PostForm form = PostForm.read(request.body().stream(NO_DIGESTS), boundary);
    ObjectKey key = key(form);
    Identity identity = identity(form, request);
    PostPolicy policy = policy(form, request);
    long minBytes = policy == null ? 0 : policy.minBytes();
    long maxBytes =
        policy == null ? BodyPayload.MAX_BYTES : Math.min(BodyPayload.MAX_BYTES, policy.maxBytes());
    Map<String, List<String>> headers = FormHeaders.of(form.fields());
    S3Request put =
        new S3Request(
            request.method(),
            new S3Target.ObjectTarget(request.bucket(), key),
            request.query(),
            FormHeaders.withSender(headers, form.fields(), request.headers()),
            identity,
            request.requestId(),
            request.origin(),
            VerifiedBody.ofForm(() -> form.file(minBytes, maxBytes), headers));
    authorizer.authorize(identity, putObject.operation(), put.target(), put);
    boolean charged = guards.check(putObject.operation(), put);
    S3Response stored = putObject.handle(put);
    if (charged) {
      stored.header(RequestPayment.CHARGED, "requester");
    }
    return answer(form, put, stored);
  }

  private static ObjectKey key(PostForm form) {
    String key = form.get("key");
    if (key == null || key.isEmpty()) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(
              key == null
                  ? "Bucket POST must contain a field named 'key'.  If it is specified, please"
                      + " check the order of the fields."
                  : "User key must have a length greater than 0.")
          .with("ArgumentName", "key")
          .with("ArgumentValue", "");
    }
    return new ObjectKey(key);
  }

  /** Who signed the form, else who signed the request; not both. */
  private Identity identity(PostForm form, S3Request request) {
    Identity ofForm = authenticator.authenticateForm(form.fields()).orElse(null);
    if (ofForm != null && !request.identity().isAnonymous()) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Only one auth mechanism allowed: the request is signed, and so is the form.")
          .with("ArgumentName", "Authorization");
    }
    return ofForm == null ? request.identity() : ofForm;
  }

  /** The policy, which lets the form pass; null when there is none. */
  private @Nullable PostPolicy policy(PostForm form, S3Request request) {
    String text = form.get("policy");
    if (text == null) {
      return null;
    }
    PostPolicy policy = PostPolicy.parse(text);
    policy.check(form.fields(), request.bucket().value(), clock.instant());
    return policy;
  }

  private static S3Response answer(PostForm form, S3Request put, S3Response stored) {
    String etag = stored.headers().getOrDefault("ETag", "");
    String location = location(put);
    String redirect = redirect(form, put, etag);
    S3Response response;
    if (redirect != null) {
      response = S3Response.empty(303);
    } else {
      response =
          switch (form.fields().getOrDefault("success_action_status", "")) {
            case "200" -> S3Response.empty(200);
            case "201" ->
                S3Response.xml(
                    201, new PostResponse(location, put.bucket().value(), put.key().value(), etag));
            default -> S3Response.empty(204);
          };
    }
    stored.headers().forEach(response::header);
    return response.header("Location", redirect == null ? location : redirect);
  }

  private static @Nullable String redirect(PostForm form, S3Request put, String etag) {
    String url = form.get("success_action_redirect");
    return SuccessRedirect.to(url == null ? form.get("redirect") : url, put, etag);
  }

  /** The address of the object: that of the bucket, as the form was sent to it, and the key. */
  private static String location(S3Request put) {
    String bucketUrl = put.origin().url();
    String base = bucketUrl.isEmpty() ? "/" + put.bucket() : bucketUrl;
    return (base.endsWith("/") ? base : base + "/") + PercentCoding.encode(put.key().value(), "/");
  }

  @JsonRootName("PostResponse")
  record PostResponse(String location, String bucket, String key, String eTag) {}
}
