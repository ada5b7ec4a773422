package io.sluice.iam.directory;

import io.sluice.auth.Account;
import io.sluice.auth.Credential;
import io.sluice.auth.CredentialStore;
import io.sluice.auth.member.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accounts, users and keys: those of the credentials file, and those that administrators make while
 * the gateway runs, which are kept in the file {@code accounts} of the data directory. What the
 * credentials file says wins, and is not changed here. Thread-safe: a look-up is one read of a map
 * that nobody changes; a change is on the disk, and holds, when its method returns.
 */
public final class Directory implements CredentialStore {
  private final @Nullable Path file;
  private final CredentialStore fixed;
  private final DirectoryEditor editor;
  private final RoleEditor roleEditor;
  private final Sessions sessions;
  private volatile Contents contents;
  private volatile @Nullable View view;

  private Directory(@Nullable Path file, CredentialStore fixed, Contents contents, Clock clock) {
    this.file = file;
    this.fixed = fixed;
    this.contents = contents;
    this.editor = new DirectoryEditor(this, clock);
    this.roleEditor = new RoleEditor(editor, clock);
    this.sessions = new Sessions(this, clock);
  }

  /**
   * Opens that of a data directory.
   *
   * @param fixed the credentials file
   * @throws IOException when its file cannot be read, or is none of these, in one line
   */
  public static Directory open(Path data, CredentialStore fixed, Clock clock) throws IOException {
    Path file = data.resolve("accounts");
    return new Directory(
        file, fixed, Files.exists(file) ? ContentsFile.read(file) : Contents.EMPTY, clock);
  }

  /** One that ends with the process. */
  public static Directory inMemory(CredentialStore fixed) {
    return new Directory(null, fixed, Contents.EMPTY, Clock.systemUTC());
  }

  /** Both sources in one, as requests need them. Immutable. */
  private record View(
      List<Credential> source,
      Contents contents,
      Map<String, Credential> keys,
      List<Credential> all,
      Map<String, AccountEntry> accounts) {
    static View of(List<Credential> source, Contents contents) {
      Map<String, AccountEntry> accounts = new LinkedHashMap<>(contents.accounts());
      Map<String, Credential> keys = new HashMap<>();
      List<Credential> all = new ArrayList<>(source);
      for (Credential credential : source) {
        keys.put(credential.accessKeyId(), credential);
        accounts.put(
            credential.account().canonicalId(), new AccountEntry(credential.account(), null));
      }
      for (AccessKey key : contents.keys().values()) {
        AccountEntry account = accounts.get(key.canonicalId());
        Member member = member(contents, key.userId());
        boolean opens = key.status() == AccessKey.Status.ACTIVE;
        if (opens && account != null && member != null && !keys.containsKey(key.id())) {
          Credential credential =
              new Credential(key.id(), key.secret(), null, account.account(), member);
          keys.put(key.id(), credential);
          all.add(credential);
        }
      }
      return new View(source, contents, keys, List.copyOf(all), accounts);
    }

    private static @Nullable Member member(Contents contents, @Nullable String userId) {
      if (userId == null) {
        return new Member.Root();
      }
      User user = contents.users().get(userId);
      return user == null ? null : user.member();
    }
  }

  /** Made anew when one of the sources is another; whoever made it from older ones is corrected. */
  @SuppressWarnings("ReferenceEquality") // Both are replaced, and never changed.
  private View view() {
    View known = view;
    List<Credential> source = fixed.all();
    Contents now = contents;
    if (known == null || known.source() != source || known.contents() != now) {
      known = View.of(source, now);
      view = known;
    }
    return known;
  }

  @Override
  public Optional<Credential> find(String accessKeyId) {
    return Optional.ofNullable(view().keys().get(accessKeyId));
  }

  @Override
  public Optional<Credential> find(String accessKeyId, String token) {
    Optional<Credential> kept = find(accessKeyId);
    return kept.isPresent() ? kept : sessions.open(accessKeyId, token);
  }

  /** Changes it. */
  public DirectoryEditor editor() {
    return editor;
  }

  /** Changes its roles. */
  public RoleEditor roleEditor() {
    return roleEditor;
  }

  /** Makes keys that live for a while. */
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public List<Credential> all() {
    return view().all();
  }

  @Override
  public Optional<Account> account(String canonicalId) {
    return Optional.ofNullable(view().accounts().get(canonicalId)).map(AccountEntry::account);
  }

  @Override
  public List<Account> accountsByEmail(String email) {
    return accounts().stream()
        .map(AccountEntry::account)
        .filter(account -> email.equalsIgnoreCase(account.email()))
        .toList();
  }

  /** All accounts. */
  public Collection<AccountEntry> accounts() {
    return List.copyOf(view().accounts().values());
  }

  /** The user with an id; null when there is none any more. */
  @Nullable User user(String userId) {
    return contents.users().get(userId);
  }

  /** The role with an id; null when there is none any more. */
  @Nullable Role role(String roleId) {
    return contents.roles().get(roleId);
  }

  /** The role with an ARN. */
  public Optional<Role> roleNamed(String arn) {
    return contents.roles().values().stream().filter(role -> role.arn().equals(arn)).findFirst();
  }

  /** The roles of an account, in the order in which they were made. */
  public List<Role> roles(Account account) {
    return contents.roles().values().stream()
        .filter(role -> role.canonicalId().equals(account.canonicalId()))
        .toList();
  }

  /** The users of an account, in the order in which they were made. */
  public List<User> users(Account account) {
    return contents.users().values().stream()
        .filter(user -> user.canonicalId().equals(account.canonicalId()))
        .toList();
  }

  /** The keys of an account and its users that were made here, in the order of their making. */
  public List<AccessKey> keys(Account account) {
    return contents.keys().values().stream()
        .filter(key -> key.canonicalId().equals(account.canonicalId()))
        .toList();
  }

  /** The ids of an account's keys that the credentials file holds. */
  public List<String> fixedKeys(Account account) {
    return fixed.all().stream()
        .filter(key -> key.account().canonicalId().equals(account.canonicalId()))
        .map(Credential::accessKeyId)
        .toList();
  }

  /** Whether there is a key of this id, active or not. */
  boolean hasKey(String accessKeyId) {
    return contents.keys().containsKey(accessKeyId) || view().keys().containsKey(accessKeyId);
  }

  Contents contents() {
    return contents;
  }

  /**
   * Replaces the contents; the caller keeps others from doing so meanwhile.
   *
   * @throws IOException when they cannot be kept; then nothing has changed
   */
  void replace(Contents changed) throws IOException {
    if (file != null) {
      ContentsFile.write(file, changed);
    }
    contents = changed;
  }
}
