package io.sluice.auth;

import io.sluice.auth.Identity.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of a credentials file: INI, one section an account; each {@code aws_access_key_id}
 * begins a key, to which the {@code aws_secret_access_key} and {@code aws_session_token} below it
 * belong; {@code canonical_id}, {@code display_name}, {@code email} and {@code role} are the
 * account's. Lines that begin with {@code #} or {@code ;} are comments. Confined to one parse.
 */
final class CredentialsFile {
  private static final int MIN_SECRET_LENGTH = 8;
  private static final int CANONICAL_ID_LENGTH = 64;

  private final Path file;
  private final List<Credential> credentials = new ArrayList<>();
  private final Set<String> accessKeyIds = new HashSet<>();
  private final Set<String> sections = new HashSet<>();
  private @Nullable Section section;
  private int line;

  private CredentialsFile(Path file) {
    this.file = file;
  }

  /** A section while it is read. */
  private static final class Section {
    final String name;
    final List<Key> keys = new ArrayList<>();
    @Nullable String canonicalId;
    @Nullable String displayName;
    @Nullable String email;
    Role role = Role.USER;

    Section(String name) {
      this.name = name;
    }
  }

  /** A key while it is read. */
  private static final class Key {
    final String id;
    @Nullable String secret;
    @Nullable String token;

    Key(String id) {
      this.id = id;
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException with file and line, and no secret, when it is wrong
   */
  static List<Credential> read(Path file) throws IOException {
    CredentialsFile parse = new CredentialsFile(file);
    for (String text : Files.readAllLines(file)) {
      parse.line++;
      parse.accept(text.strip());
    }
    parse.endSection();
    if (parse.credentials.isEmpty()) {
      throw parse.wrong("no access key in it");
    }
    return List.copyOf(parse.credentials);
  }

  private void accept(String text) {
    if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
      return;
    }
    if (text.startsWith("[")) {
      endSection();
      if (!text.endsWith("]") || text.length() == 2) {
        throw wrong("a section is [name]");
      }
      String name = text.substring(1, text.length() - 1).strip();
      if (!sections.add(name)) {
        throw wrong("section [" + name + "] appears twice");
      }
      section = new Section(name);
      return;
    }
    int equals = text.indexOf('=');
    if (section == null || equals < 1) {
      throw wrong("expected name = value inside a [section]");
    }
    set(section, text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  private void set(Section account, String name, String value) {
    if (value.isEmpty()) {
      throw wrong(name + " is empty");
    }
    switch (name) {
      case "aws_access_key_id" -> account.keys.add(new Key(value));
      case "aws_secret_access_key" -> {
        if (value.length() < MIN_SECRET_LENGTH) {
          throw wrong(name + " has fewer than " + MIN_SECRET_LENGTH + " characters");
        }
        key(account, name).secret = value;
      }
      case "aws_session_token" -> key(account, name).token = value;
      case "canonical_id" -> {
        if (value.length() != CANONICAL_ID_LENGTH || !value.matches("[0-9a-f]+")) {
          throw wrong("canonical_id is 64 hex digits, lower case");
        }
        account.canonicalId = value;
      }
      case "display_name" -> account.displayName = value;
      case "email" -> account.email = value;
      case "role" ->
          account.role =
              switch (value.toLowerCase(Locale.ROOT)) {
                case "admin" -> Role.ADMIN;
                case "user" -> Role.USER;
                default -> throw wrong("role is admin or user");
              };
      default -> throw wrong("unknown name " + name);
    }
  }

  private Key key(Section account, String name) {
    if (account.keys.isEmpty()) {
      throw wrong(name + " stands before any aws_access_key_id");
    }
    return account.keys.get(account.keys.size() - 1);
  }

  private void endSection() {
    Section ended = section;
    if (ended == null) {
      return;
    }
    Account account =
        new Account(
            ended.name,
            ended.canonicalId == null ? Account.canonicalIdOf(ended.name) : ended.canonicalId,
            ended.displayName == null ? ended.name : ended.displayName,
            ended.email,
            ended.role);
    for (Key key : ended.keys) {
      if (key.secret == null) {
        throw wrong("access key " + key.id + " in [" + ended.name + "] has no secret");
      }
      if (!accessKeyIds.add(key.id)) {
        throw wrong("access key " + key.id + " appears twice");
      }
      credentials.add(new Credential(key.id, key.secret, key.token, account));
    }
    section = null;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(file + ":" + line + ": " + what);
  }
}
