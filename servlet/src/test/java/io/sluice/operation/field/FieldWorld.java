package io.sluice.operation.field;

import io.sluice.auth.Identity;
import io.sluice.error.S3Exception;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import io.sluice.storage.NotModifiedException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gateway with a little of everything in it, and all that can be seen of it afterwards. */
final class FieldWorld {
  private static final Identity OTHER =
      new Identity("b".repeat(64), "other", "AKIDOTHER", Identity.Role.USER);
  private static final Pattern IDS =
      Pattern.compile(
          "(?:<(?:VersionId|UploadId|DeleteMarkerVersionId)>|x-amz-[a-z-]*version-id=)([^<,}]+)");

  /** Of what is encrypted they are drawn by lot. */
  private static final Pattern ENTITY_TAGS = Pattern.compile("\\b([0-9a-f]{32})\\b");

  private static final Pattern ISO_TIMES = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
  private static final Pattern HTTP_TIMES =
      Pattern.compile("\\d\\d [A-Z][a-z]{2} \\d{4} [0-9:]{8}");
  private static final DateTimeFormatter HTTP_DAY =
      DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ROOT);
  private static final List<String> BUCKET_SETTINGS =
      List.of(
          "acl",
          "cors",
          "encryption",
          "lifecycle",
          "location",
          "logging",
          "object-lock",
          "ownershipControls",
          "policy",
          "publicAccessBlock",
          "requestPayment",
          "tagging",
          "versioning",
          "website");
  private static final List<String> OBJECT_SETTINGS =
      List.of("acl", "legal-hold", "retention", "tagging", "annotation");

  private final RequestFixture gateway = new RequestFixture();
  private final Map<String, String> names = new LinkedHashMap<>();

  /** Prepares it; a line {@code name=element: request} keeps what an answer tells. */
  FieldWorld(List<String> preparation) throws IOException {
    for (String line : preparation) {
      Matcher kept = Pattern.compile("(\\w+)=([\\w-]+): (.*)").matcher(line);
      if (kept.matches()) {
        Answer answer = answer(Message.parse(kept.group(3)));
        String told = answer.element(kept.group(2));
        told = told == null ? answer.header(kept.group(2)) : told;
        if (told == null) {
          throw new IllegalStateException(line + " told " + answer);
        }
        names.put(kept.group(1), told.replace("&quot;", "").replace("\"", ""));
      } else {
        answer(Message.parse(line));
      }
    }
  }

  /** Keeps the upload id of an answer as {@code {made}}. */
  void keepUpload(Outcome outcome) {
    String upload = outcome.answer() == null ? null : outcome.answer().element("UploadId");
    names.put("made", upload == null ? "none" : upload);
  }

  /** What a request is answered with: a text that is the same for the same outcome. */
  Outcome send(Message message) throws IOException {
    try {
      return new Outcome(answer(message), null);
    } catch (S3Exception e) {
      return new Outcome(new Answer(e.code().status(), e.headers(), ""), e.code().wireCode());
    } catch (NotModifiedException e) {
      return new Outcome(null, "NotModified");
    }
  }

  private Answer answer(Message message) throws IOException {
    boolean other = message.headers().contains("As: other");
    gateway.as(other ? OTHER : RequestFixture.OWNER);
    Message named = message.without("header: as");
    String line = named(named.line());
    String body = named(named.body());
    Message sent = new Message(line, named.headers().stream().map(this::named).toList(), body);
    return gateway.sendBody(body, line, sent.headerLines());
  }

  private String named(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace("{" + name.getKey() + "}", name.getValue());
    }
    return result;
  }

  /** Everything in it, with names in the place of what is drawn by lot. */
  String look() throws IOException {
    StringBuilder text = new StringBuilder();
    String buckets = tell("GET /", text);
    for (String bucket : all("<Name>([^<]+)</Name>", buckets)) {
      for (String setting : BUCKET_SETTINGS) {
        tell("GET /" + bucket + "?" + setting, text);
      }
      String versions = tell("GET /" + bucket + "?versions", text);
      List<String> keys = all("<Key>([^<]+)</Key>", versions);
      List<String> ids = all("<VersionId>([^<]+)</VersionId>", versions);
      for (int i = 0; i < keys.size(); i++) {
        String object = "/" + bucket + "/" + keys.get(i) + "?versionId=" + ids.get(i);
        tell("HEAD " + object + " | x-amz-checksum-mode: ENABLED", text);
        for (String setting : OBJECT_SETTINGS) {
          tell("GET " + object + "&" + setting, text);
        }
      }
      String uploads = tell("GET /" + bucket + "?uploads", text);
      List<String> uploadKeys = all("<Key>([^<]+)</Key>", uploads);
      List<String> uploadIds = all("<UploadId>([^<]+)</UploadId>", uploads);
      for (int i = 0; i < uploadKeys.size(); i++) {
        tell("GET /" + bucket + "/" + uploadKeys.get(i) + "?uploadId=" + uploadIds.get(i), text);
      }
    }
    return text.toString();
  }

  private String tell(String line, StringBuilder text) throws IOException {
    Outcome outcome = send(Message.parse(line));
    text.append(line).append(" -> ").append(outcome.text()).append('\n');
    return outcome.text();
  }

  private static List<String> all(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** The text with numbers in the place of ids, by their order in it, and without today's times. */
  static String withoutIdsAndTimes(String text) {
    Map<String, String> numbers = new LinkedHashMap<>();
    for (Pattern pattern : List.of(IDS, ENTITY_TAGS)) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        numbers.putIfAbsent(matcher.group(1), "#" + numbers.size());
      }
    }
    String result = text;
    for (Map.Entry<String, String> number : numbers.entrySet()) {
      if (number.getKey().length() > 8) {
        result = result.replace(number.getKey(), number.getValue());
      }
    }
    return ISO_TIMES
        .matcher(HTTP_TIMES.matcher(result).replaceAll(FieldWorld::unlessToday))
        .replaceAll(FieldWorld::unlessToday);
  }

  /** The store's clock is the system's. */
  private static String unlessToday(MatchResult time) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    boolean now =
        Stream.of(today, today.minusDays(1))
            .flatMap(day -> Stream.of(day.toString(), HTTP_DAY.format(day)))
            .anyMatch(time.group()::contains);
    return now ? "NOW" : time.group();
  }

  /**
   * An answer, and the code when it is an error.
   *
   * @param answer what was answered; of an error without its document
   * @param error null for what is no error
   */
  record Outcome(@Nullable Answer answer, @Nullable String error) {
    String text() {
      return error != null || answer == null
          ? String.valueOf(error)
          : answer.status() + " " + answer.headers() + " " + answer.body();
    }
  }
}
