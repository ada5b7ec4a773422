package io.sluice.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.auth.AuthSettings;
import io.sluice.auth.Authenticator;
import io.sluice.auth.Identity;
import io.sluice.encryption.EncryptionFixture;
import io.sluice.encryption.ServerSideEncryption;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.AccessDecisions;
import io.sluice.iam.PolicyAuthorizer;
import io.sluice.iam.Principals;
import io.sluice.iam.acl.AclDecisions;
import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.ObjectOwnership;
import io.sluice.iam.directory.Directory;
import io.sluice.iam.directory.DirectoryPrincipals;
import io.sluice.lifecycle.LifecycleDays;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.operation.acl.AclOperations;
import io.sluice.operation.annotation.AnnotationOperations;
import io.sluice.operation.bucket.BucketOperations;
import io.sluice.operation.bucket.NewBuckets;
import io.sluice.operation.encryption.EncryptionOperations;
import io.sluice.operation.form.FormOperations;
import io.sluice.operation.lifecycle.LifecycleOperations;
import io.sluice.operation.multipart.MultipartOperations;
import io.sluice.operation.object.ObjectOperations;
import io.sluice.operation.policy.PolicyOperations;
import io.sluice.operation.service.ServiceOperations;
import io.sluice.operation.setting.SettingOperations;
import io.sluice.protocol.Origin;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.protocol.S3Target;
import io.sluice.protocol.TargetParser;
import io.sluice.storage.Storage;
import io.sluice.storage.memory.MemoryStorage;
import io.sluice.uri.PercentCoding;
import io.sluice.uri.QueryString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every operation over a store in memory, with the router and the guards before it and neither
 * container nor signature: {@code send("GET /bucket/key?versionId=v", "Range: bytes=0-1")}.
 */
public final class RequestFixture {
  /** The one who asks unless a test says otherwise. */
  public static final Identity OWNER =
      new Identity("a".repeat(64), "owner", "AKIDEXAMPLE", Identity.Role.USER);

  /** When everything happens that handlers give a time to. */
  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final Principals PRINCIPALS =
      new DirectoryPrincipals(Directory.inMemory(new FixtureAccounts()));

  private final TargetParser parser =
      new TargetParser(List.of(), TargetParser.Root.S3, PercentCoding.Plus.SPACE);
  private final Router router = new Router();
  private final Storage storage;
  private final RequestGuards guards;
  private Authorizer authorizer = Authorizer.NONE;
  private final Map<S3Operation, OperationHandler> handlers = new EnumMap<>(S3Operation.class);
  private Identity identity = OWNER;
  private Instant now = NOW;
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  /** An empty gateway whose parts may be of any size. */
  public RequestFixture() {
    storage = new MemoryStorage(1);
    guards = new RequestGuards(storage.buckets());
    Authorizer asked =
        (who, operation, target, request) -> authorizer.authorize(who, operation, target, request);
    for (OperationHandler handler :
        handlers(storage, asked, clock, EncryptionFixture.over(storage))) {
      assertThat(handlers.put(handler.operation(), handler)).isNull();
    }
  }

  /** Encrypts by other keys or rules from now on. */
  public RequestFixture encryptedBy(ServerSideEncryption encryption) {
    handlers(storage, authorizer, clock, encryption)
        .forEach(handler -> handlers.put(handler.operation(), handler));
    return this;
  }

  /** A gateway with one bucket, {@code bucket}. */
  public static RequestFixture withBucket() throws IOException {
    RequestFixture fixture = new RequestFixture();
    fixture.send("PUT /bucket");
    return fixture;
  }

  /** Every handler over a store. */
  static List<OperationHandler> handlers(Storage storage) {
    return handlers(
        storage,
        Authorizer.NONE,
        Clock.fixed(NOW, ZoneOffset.UTC),
        EncryptionFixture.over(storage));
  }

  private static List<OperationHandler> handlers(
      Storage storage, Authorizer authorizer, Clock clock, ServerSideEncryption encryption) {
    List<OperationHandler> handlers = new ArrayList<>();
    handlers.addAll(ServiceOperations.of(storage, "ais"));
    Acls acls =
        new Acls(storage.buckets(), new FixtureAccounts(), ObjectOwnership.BUCKET_OWNER_ENFORCED);
    handlers.addAll(PolicyOperations.of(storage, PRINCIPALS));
    Lifecycles lifecycles = new Lifecycles(storage, LifecycleDays.CALENDAR, clock);
    handlers.addAll(
        BucketOperations.of(storage, acls, lifecycles, clock, NewBuckets.in("us-east-1")));
    handlers.addAll(
        ObjectOperations.of(
            storage,
            new ObjectOperations.Rules(
                acls, authorizer, lifecycles, encryption, ObjectOperations.Rules.AWS_COPY)));
    handlers.addAll(MultipartOperations.of(storage, acls, lifecycles, encryption, clock));
    handlers.addAll(AclOperations.of(storage, acls));
    handlers.addAll(EncryptionOperations.of(storage, encryption, clock));
    handlers.addAll(LifecycleOperations.of(storage, lifecycles));
    handlers.addAll(AnnotationOperations.of(storage, clock));
    handlers.addAll(SettingOperations.of(storage));
    handlers.addAll(
        FormOperations.of(
            storage,
            new Authenticator(AuthSettings.DEFAULT, new FixtureAccounts(), clock),
            byPolicies(storage, clock),
            handlers,
            clock));
    return handlers;
  }

  /** Asks the authorizer from now on who may do what. */
  public RequestFixture authorizing() {
    authorizer = byPolicies(storage, clock);
    return this;
  }

  private static Authorizer byPolicies(Storage storage, Clock clock) {
    return new PolicyAuthorizer(
        new AccessDecisions(
            PRINCIPALS,
            new AclDecisions(storage.buckets(), storage.objects()),
            storage,
            "us-east-1",
            clock));
  }

  /** Lets somebody else ask from now on. */
  public RequestFixture as(Identity other) {
    identity = other;
    return this;
  }

  /** The store behind it. */
  public Storage storage() {
    return storage;
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** Sends a request without a body. */
  public Answer send(String line, String... headers) throws IOException {
    return sendBody("", line, headers);
  }

  /** Sends a request with a body. */
  public Answer sendBody(String body, String line, String... headers) throws IOException {
    String[] words = line.split(" ", 2);
    int mark = words[1].indexOf('?');
    String path = mark < 0 ? words[1] : words[1].substring(0, mark);
    QueryString query = QueryString.parse(mark < 0 ? null : words[1].substring(mark + 1));
    TargetParser.Destination destination = parser.parse(path, "", "localhost");
    assertThat(destination).isInstanceOf(TargetParser.ToS3.class);
    S3Target target = ((TargetParser.ToS3) destination).target();
    S3Headers s3Headers = headers(headers);
    OperationHandler handler = handlers.get(router.route(words[0], target, query, s3Headers));
    if (handler == null) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception();
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    S3Request request =
        new S3Request(
            words[0],
            target,
            query,
            s3Headers.withHoisted(query),
            identity,
            "REQUEST",
            Origin.LOCAL,
            new FixtureBody(bytes, s3Headers));
    if (!handler.operation().signedInBody()) {
      authorizer.authorize(identity, handler.operation(), target, request);
    }
    boolean charged = guards.check(handler.operation(), request);
    try {
      S3Response response = handler.handle(request);
      return Answer.of(charged ? response.header(RequestPayment.CHARGED, "requester") : response);
    } catch (S3Exception e) {
      throw authorizer.told(e, handler.operation(), request);
    }
  }

  /** The error that a request without a body is answered with. */
  public S3Exception refused(String line, String... headers) {
    return refusedBody("", line, headers);
  }

  /** The error that a request is answered with. */
  public S3Exception refusedBody(String body, String line, String... headers) {
    S3Exception refusal =
        catchThrowableOfType(S3Exception.class, () -> sendBody(body, line, headers));
    assertThat(refusal).as(line).isNotNull();
    return refusal;
  }

  private static S3Headers headers(String... lines) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      // The bytes of a header arrive as ISO-8859-1 characters.
      byte[] value = line.substring(colon + 1).strip().getBytes(StandardCharsets.UTF_8);
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(new String(value, StandardCharsets.ISO_8859_1));
    }
    return S3Headers.of(headers);
  }
}
