package io.sluice.iam.directory;

import io.sluice.auth.Account;
import io.sluice.auth.Identity;
import io.sluice.auth.member.Member;
import io.sluice.file.PrivateFile;
import io.sluice.uri.PercentCoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of a directory: one line a thing, its words percent-encoded and one blank apart, below a
 * line with the format's version. It is replaced as a whole, and its owner alone reads it.
 * Stateless.
 */
final class ContentsFile {
  private static final String FORMAT = "sluice-accounts 1";

  /** What stands for nothing; a word that is a hyphen is written as its escape. */
  private static final String NOTHING = "-";

  private ContentsFile() {}

  /**
   * Reads one.
   *
   * @throws IOException when it cannot be read, or is none of these, in one line without secrets
   */
  static Contents read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
      throw new IOException(file + ": the first line is not \"" + FORMAT + "\"");
    }
    Contents contents = Contents.EMPTY;
    for (int i = 1; i < lines.size(); i++) {
      try {
        contents = with(contents, new Words(lines.get(i)));
      } catch (DateTimeException | IndexOutOfBoundsException | IllegalArgumentException e) {
        throw new IOException(file + ":" + (i + 1) + ": not as it was written", e);
      } catch (io.sluice.error.S3Exception e) {
        throw new IOException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return contents;
  }

  private static Contents with(Contents contents, Words words) {
    String kind = words.next();
    return switch (kind) {
      case "session-key" -> contents.with(SessionKey.parse(words.next()));
      case "account" -> {
        String name = words.next();
        Account account =
            new Account(
                name,
                words.next(),
                words.next(),
                words.optional(),
                Identity.Role.valueOf(words.next()));
        yield contents.with(new AccountEntry(account, words.instant()));
      }
      case "user" -> {
        String canonicalId = words.next();
        Member.User member = new Member.User(words.next(), words.next(), words.next());
        yield contents.with(new User(canonicalId, member, words.instant(), Map.of()));
      }
      case "role" -> {
        String canonicalId = words.next();
        Member.Role member = new Member.Role(words.next(), words.next(), words.next());
        Instant createdAt = words.instant();
        Role.Trust trust = Role.Trust.of(words.next());
        yield contents.with(new Role(canonicalId, member, createdAt, trust, Map.of()));
      }
      case "policy" -> withPolicy(contents, words);
      case "key" -> {
        String id = words.next();
        yield contents.with(
            new AccessKey(
                id,
                words.next(),
                words.next(),
                words.optional(),
                AccessKey.Status.valueOf(words.next()),
                words.instant()));
      }
      default -> throw new IllegalArgumentException("unknown word " + kind);
    };
  }

  private static Contents withPolicy(Contents contents, Words words) {
    String owner = words.next();
    IdentityPolicy policy = IdentityPolicy.of(words.next(), words.next());
    User user = contents.users().get(owner);
    if (user != null) {
      return contents.with(user.with(policy));
    }
    Role role = contents.roles().get(owner);
    if (role == null) {
      throw new IllegalArgumentException("a policy of nobody");
    }
    return contents.with(role.with(policy));
  }

  /** The words of a line, one after another. */
  private static final class Words {
    private final String[] words;
    private int place;

    Words(String line) {
      this.words = line.split(" ", -1);
    }

    String next() {
      return PercentCoding.decode(words[place++], PercentCoding.Plus.PLUS);
    }

    @Nullable String optional() {
      return words[place].equals(NOTHING) ? skip() : next();
    }

    private @Nullable String skip() {
      place++;
      return null;
    }

    Instant instant() {
      return Instant.parse(next());
    }
  }

  /** Replaces a file; it is on the disk when this returns. */
  static void write(Path file, Contents contents) throws IOException {
    List<String> lines = new ArrayList<>(List.of(FORMAT));
    SessionKey sessionKey = contents.sessionKey();
    if (sessionKey != null) {
      lines.add(line("session-key", sessionKey.base64()));
    }
    contents.accounts().values().forEach(entry -> lines.add(line(entry)));
    for (User user : contents.users().values()) {
      Member.User member = user.member();
      lines.add(
          line(
              "user",
              user.canonicalId(),
              member.name(),
              member.path(),
              member.id(),
              user.createdAt().toString()));
      addPolicies(lines, member.id(), user.policies());
    }
    for (Role role : contents.roles().values()) {
      Member.Role member = role.member();
      lines.add(
          line(
              "role",
              role.canonicalId(),
              member.name(),
              member.path(),
              member.id(),
              role.createdAt().toString(),
              role.trust().document()));
      addPolicies(lines, member.id(), role.policies());
    }
    for (AccessKey key : contents.keys().values()) {
      lines.add(
          line(
              "key",
              key.id(),
              key.secret(),
              key.canonicalId(),
              key.userId(),
              key.status().name(),
              key.createdAt().toString()));
    }
    PrivateFile.replace(file, String.join("\n", lines) + "\n");
  }

  private static void addPolicies(
      List<String> lines, String owner, Map<String, IdentityPolicy> policies) {
    for (IdentityPolicy policy : policies.values()) {
      lines.add(line("policy", owner, policy.name(), policy.document()));
    }
  }

  private static String line(AccountEntry entry) {
    Account account = entry.account();
    return line(
        "account",
        account.name(),
        account.canonicalId(),
        account.displayName(),
        account.email(),
        account.role().name(),
        String.valueOf(entry.createdAt()));
  }

  private static String line(@Nullable String... words) {
    List<String> encoded = new ArrayList<>();
    for (String word : words) {
      encoded.add(
          word == null
              ? NOTHING
              : word.equals(NOTHING) ? "%2D" : PercentCoding.encode(word, ":/+=,@"));
    }
    return String.join(" ", encoded);
  }
}
