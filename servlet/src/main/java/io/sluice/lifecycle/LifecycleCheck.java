package io.sluice.lifecycle;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.lifecycle.LifecycleRule.Expiration;
import io.sluice.lifecycle.LifecycleRule.NoncurrentVersionExpiration;
import io.sluice.lifecycle.LifecycleRule.NoncurrentVersionTransition;
import io.sluice.lifecycle.LifecycleRule.Transition;
import io.sluice.operation.ObjectTagging.Tag;
import io.sluice.protocol.HttpDate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What AWS checks of lifecycle rules before it takes them. Stateless. */
final class LifecycleCheck {
  /** AWS: a configuration has up to 1,000 rules. */
  private static final int MAX_RULES = 1000;

  /** AWS: an id has up to 255 characters. */
  private static final int MAX_ID_LENGTH = 255;

  /** AWS: up to 100 noncurrent versions can be kept. */
  private static final int MAX_NEWER_VERSIONS = 100;

  /** AWS: the infrequent access classes take objects of this age. */
  private static final int MIN_INFREQUENT_DAYS = 30;

  private LifecycleCheck() {}

  /**
   * Checks rules and gives each an id and its dates in one form.
   *
   * @throws S3Exception MalformedXML, InvalidArgument, InvalidRequest
   */
  static List<LifecycleRule> rules(List<LifecycleRule> rules) {
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      throw malformed();
    }
    Set<String> ids = new HashSet<>();
    List<LifecycleRule> checked = new ArrayList<>();
    for (LifecycleRule rule : rules) {
      check(rule);
      String id = rule.idOrEmpty().isEmpty() ? generatedId() : rule.idOrEmpty();
      if (id.length() > MAX_ID_LENGTH) {
        throw argument("ID length should not exceed allowed limit of " + MAX_ID_LENGTH);
      }
      if (!ids.add(id)) {
        throw argument("Rule ID must be unique. Found same ID for more than one rule");
      }
      checked.add(normal(rule, id));
    }
    return checked;
  }

  private static String generatedId() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static LifecycleRule normal(LifecycleRule rule, String id) {
    Expiration expiration = rule.expiration();
    return new LifecycleRule(
        id,
        rule.prefix(),
        rule.filter(),
        rule.status(),
        expiration == null
            ? null
            : new Expiration(
                date(expiration.date()), expiration.days(), expiration.expiredObjectDeleteMarker()),
        rule.transition() == null
            ? null
            : rule.transitions().stream()
                .map(each -> new Transition(date(each.date()), each.days(), each.storageClass()))
                .toList(),
        rule.noncurrentVersionTransition(),
        rule.noncurrentVersionExpiration(),
        rule.abortIncompleteMultipartUpload());
  }

  private static void check(LifecycleRule rule) {
    if (!rule.enabled() && !"Disabled".equals(rule.status())) {
      throw malformed();
    }
    if ((rule.prefix() == null) == (rule.filter() == null)) {
      throw malformed();
    }
    checkFilter(rule);
    boolean acts =
        rule.expiration() != null
            || !rule.transitions().isEmpty()
            || !rule.noncurrentTransitions().isEmpty()
            || rule.noncurrentVersionExpiration() != null
            || rule.abortIncompleteMultipartUpload() != null;
    if (!acts) {
      throw request("At least one action needs to be specified in a rule");
    }
    Expiration expiration = rule.expiration();
    if (expiration != null) {
      checkExpiration(rule, expiration);
    }
    checkTransitions(rule);
    checkNoncurrent(rule);
    LifecycleRule.AbortIncompleteMultipartUpload abort = rule.abortIncompleteMultipartUpload();
    if (abort != null) {
      checkUploads(rule, abort.daysAfterInitiation());
    }
  }

  private static void checkFilter(LifecycleRule rule) {
    LifecycleFilter filter = rule.filter();
    if (filter != null && !filter.wellFormed()) {
      throw malformed();
    }
    LifecycleFilter.And predicates = rule.predicates();
    Set<String> keys = new HashSet<>();
    for (Tag tag : predicates.tag() == null ? List.<Tag>of() : predicates.tag()) {
      if (tag.key() == null || tag.key().isEmpty() || tag.value() == null) {
        throw malformed();
      }
      if (!keys.add(tag.key())) {
        throw request("Duplicate Tag Keys are not allowed.");
      }
    }
    Long above = predicates.objectSizeGreaterThan();
    Long below = predicates.objectSizeLessThan();
    if ((above != null && above < 0) || (below != null && below < 1)) {
      throw request("'ObjectSizeGreaterThan' and 'ObjectSizeLessThan' must be positive");
    }
    if (above != null && below != null && above >= below) {
      throw request("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'");
    }
  }

  private static void checkExpiration(LifecycleRule rule, Expiration expiration) {
    int said =
        (expiration.date() == null ? 0 : 1)
            + (expiration.days() == null ? 0 : 1)
            + (expiration.expiredObjectDeleteMarker() == null ? 0 : 1);
    if (said != 1) {
      throw malformed();
    }
    positive("'Days' for Expiration action must be a positive integer", expiration.days());
    checkDate(expiration.date());
    if (expiration.expiredObjectDeleteMarker() != null && rule.hasTags()) {
      throw request("ExpiredObjectDeleteMarker cannot be specified with Tags.");
    }
  }

  private static void checkTransitions(LifecycleRule rule) {
    Set<String> classes = new HashSet<>();
    Expiration expiration = rule.expiration();
    for (Transition transition : rule.transitions()) {
      String storageClass = storageClass(transition.storageClass());
      Integer days = transition.days();
      if ((days == null) == (transition.date() == null)) {
        throw malformed();
      }
      if (days != null && days < 0) {
        throw argument("'Days' in Transition action must be nonnegative");
      }
      checkInfrequent("'Days' in Transition action", days, storageClass);
      checkDate(transition.date());
      if (!classes.add(storageClass)) {
        throw request("'StorageClass' must be different for 'Transition' actions in same 'Rule'");
      }
      checkOrder(transition, expiration);
    }
    if (rule.transitions().stream().map(each -> each.days() == null).distinct().count() > 1) {
      throw mixed();
    }
  }

  private static void checkOrder(Transition transition, @Nullable Expiration expiration) {
    if (expiration == null || expiration.expiredObjectDeleteMarker() != null) {
      return;
    }
    Integer days = transition.days();
    Integer end = expiration.days();
    if ((days == null) != (end == null)) {
      throw mixed();
    }
    if (days != null && end != null && end <= days) {
      throw argument(
          "'Days' in the Expiration action must be greater than 'Days' in the Transition action");
    }
    if (days == null && !instant(transition.date()).isBefore(instant(expiration.date()))) {
      throw argument(
          "'Date' in the Expiration action must be later than 'Date' in the Transition action");
    }
  }

  private static void checkNoncurrent(LifecycleRule rule) {
    NoncurrentVersionExpiration expiration = rule.noncurrentVersionExpiration();
    if (expiration != null) {
      required(expiration.noncurrentDays());
      positive(
          "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
          expiration.noncurrentDays());
      newer("NoncurrentVersionExpiration", expiration.newerNoncurrentVersions());
    }
    Set<String> classes = new HashSet<>();
    for (NoncurrentVersionTransition transition : rule.noncurrentTransitions()) {
      String storageClass = storageClass(transition.storageClass());
      int days = required(transition.noncurrentDays());
      if (days < 0) {
        throw argument(
            "'NoncurrentDays' in NoncurrentVersionTransition action must be nonnegative");
      }
      checkInfrequent("'NoncurrentDays' in NoncurrentVersionTransition action", days, storageClass);
      newer("NoncurrentVersionTransition", transition.newerNoncurrentVersions());
      if (!classes.add(storageClass)) {
        throw request(
            "'StorageClass' must be different for 'NoncurrentVersionTransition' actions in same"
                + " 'Rule'");
      }
      if (expiration != null && required(expiration.noncurrentDays()) <= days) {
        throw argument(
            "'NoncurrentDays' in the NoncurrentVersionExpiration action must be greater than"
                + " 'NoncurrentDays' in the NoncurrentVersionTransition action");
      }
    }
  }

  private static void checkUploads(LifecycleRule rule, @Nullable Integer days) {
    required(days);
    positive(
        "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive"
            + " integer",
        days);
    if (rule.hasTags()) {
      throw request("AbortIncompleteMultipartUpload cannot be specified with Tags.");
    }
    if (rule.hasSizes()) {
      throw request("AbortIncompleteMultipartUpload cannot be specified with object sizes.");
    }
  }

  private static void newer(String action, @Nullable Integer versions) {
    positive(
        "'NewerNoncurrentVersions' for " + action + " action must be a positive integer", versions);
    if (versions != null && versions > MAX_NEWER_VERSIONS) {
      throw argument(
          "'NewerNoncurrentVersions' for "
              + action
              + " action cannot be greater than "
              + MAX_NEWER_VERSIONS);
    }
  }

  private static void checkInfrequent(String what, @Nullable Integer days, String storageClass) {
    if (days != null && days < MIN_INFREQUENT_DAYS && storageClass.endsWith("_IA")) {
      throw argument(
          what
              + " must be greater than or equal to "
              + MIN_INFREQUENT_DAYS
              + " for storageClass '"
              + storageClass
              + "'");
    }
  }

  private static String storageClass(@Nullable String storageClass) {
    if (storageClass == null || !StorageClasses.TRANSITIONS.contains(storageClass)) {
      throw malformed();
    }
    return storageClass;
  }

  private static int required(@Nullable Integer days) {
    if (days == null) {
      throw malformed();
    }
    return days;
  }

  private static void positive(String otherwise, @Nullable Integer number) {
    if (number != null && number < 1) {
      throw argument(otherwise);
    }
  }

  private static void checkDate(@Nullable String date) {
    if (date != null
        && !instant(date).atOffset(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT)) {
      throw argument("'Date' must be at midnight GMT");
    }
  }

  private static @Nullable String date(@Nullable String date) {
    return date == null ? null : HttpDate.iso(instant(date));
  }

  private static Instant instant(@Nullable String date) {
    String text = date == null ? "" : date.strip();
    if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
      text += "T00:00:00Z";
    }
    if (!text.contains("T")) {
      throw malformed();
    }
    return HttpDate.parse(text).orElseThrow(LifecycleCheck::malformed);
  }

  private static S3Exception mixed() {
    return request(
        "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule");
  }

  private static S3Exception malformed() {
    return S3ErrorCode.MALFORMED_XML.exception();
  }

  private static S3Exception argument(String message) {
    return S3ErrorCode.INVALID_ARGUMENT.exception(message);
  }

  private static S3Exception request(String message) {
    return S3ErrorCode.INVALID_REQUEST.exception(message);
  }
}
