package io.sluice.web.logging;

import io.sluice.auth.Authenticated;
import io.sluice.auth.Identity;
import io.sluice.auth.SignableRequest;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.AccountId;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.operation.Authorizer;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.operation.setting.BucketLoggingStatus;
import io.sluice.protocol.Origin;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import io.sluice.uri.QueryString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Puts logs into their buckets, in the name of the bucket's owner and by the operation that clients
 * use, so that whatever a bucket does to new objects is done to logs too. Thread-safe.
 */
public final class LogDelivery {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final BucketStore buckets;
  private final OperationHandler putObject;
  private final Authorizer authorizer;

  /** A delivery by the handler of PutObject. */
  public LogDelivery(BucketStore buckets, OperationHandler putObject, Authorizer authorizer) {
    this.buckets = buckets;
    this.putObject = putObject;
    this.authorizer = authorizer;
  }

  /**
   * Where records go together. Immutable.
   *
   * @param source the bucket that they are about
   * @param target the bucket that they go to
   * @param prefix what their keys begin with
   * @param partitioned how they are partitioned; null for not at all
   * @param day the day of the records, when that partitions them; null otherwise
   */
  record Destination(
      BucketInfo source,
      BucketName target,
      String prefix,
      BucketLoggingStatus.@Nullable PartitionedPrefix partitioned,
      @Nullable LocalDate day) {
    static Destination of(
        BucketInfo source, BucketLoggingStatus.LoggingEnabled logging, Instant at) {
      BucketLoggingStatus.KeyFormat format = logging.targetObjectKeyFormat();
      BucketLoggingStatus.PartitionedPrefix partitioned =
          format == null ? null : format.partitionedPrefix();
      String target = logging.targetBucket();
      String prefix = logging.targetPrefix();
      if (target == null || prefix == null) {
        throw new IllegalStateException("a logging status without a target was stored");
      }
      boolean byDay = partitioned != null && partitioned.byEventTime();
      LocalDate day = byDay ? LocalDate.ofInstant(at, ZoneOffset.UTC) : null;
      return new Destination(source, new BucketName(target), prefix, partitioned, day);
    }

    /** A key that no other log has. */
    ObjectKey key(Instant now, long unique) {
      Instant time = day == null ? now : day.atStartOfDay().toInstant(ZoneOffset.UTC);
      String folder =
          partitioned == null
              ? ""
              : AccountId.of(source.ownerId())
                  + "/"
                  + source.region()
                  + "/"
                  + source.name().value()
                  + "/"
                  + DAY.format(time);
      String name = TIME.format(time) + "-" + HexFormat.of().withUpperCase().toHexDigits(unique);
      return new ObjectKey(prefix + folder + name);
    }
  }

  /**
   * Puts a log.
   *
   * @throws io.sluice.error.S3Exception InvalidTargetBucketForLogging when the bucket has another
   *     owner now; as PutObject
   */
  void deliver(Destination destination, byte[] lines, Instant now) throws IOException {
    BucketInfo target = buckets.head(destination.target());
    if (!target.ownerId().equals(destination.source().ownerId())) {
      throw S3ErrorCode.INVALID_TARGET_BUCKET_FOR_LOGGING.exception();
    }
    Identity owner = new Identity(target.ownerId(), "", "", Identity.Role.USER);
    ObjectKey key = destination.key(now, ThreadLocalRandom.current().nextLong());
    Map<String, List<String>> headers =
        Map.of(
            "content-length", List.of(Integer.toString(lines.length)),
            "content-md5", List.of(md5(lines)),
            "content-type", List.of("text/plain"));
    S3Target object = new S3Target.ObjectTarget(target.name(), key);
    S3Request request =
        new S3Request(
            "PUT",
            object,
            QueryString.EMPTY,
            S3Headers.of(headers),
            owner,
            "-",
            Origin.LOCAL,
            Authenticated.own(owner, new Delivery(S3Headers.of(headers)))
                .body(() -> new ByteArrayInputStream(lines)));
    authorizer.authorize(owner, S3Operation.PUT_OBJECT, object, request);
    putObject.handle(request);
  }

  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The headers that say how the body is to be read. */
  private record Delivery(S3Headers values) implements SignableRequest {
    @Override
    public String method() {
      return "PUT";
    }

    @Override
    public String rawPath() {
      return "/";
    }

    @Override
    public String pathPrefix() {
      return "";
    }

    @Override
    public @Nullable String hostBucket() {
      return null;
    }

    @Override
    public @Nullable String rawQuery() {
      return null;
    }

    @Override
    public List<String> headers(String name) {
      return values.all(name);
    }

    @Override
    public Set<String> headerNames() {
      return values.names();
    }
  }
}
