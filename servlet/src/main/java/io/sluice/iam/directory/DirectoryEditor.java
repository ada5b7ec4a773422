package io.sluice.iam.directory;

import io.sluice.auth.Account;
import io.sluice.auth.Identity.Role;
import io.sluice.auth.member.KeyText;
import io.sluice.auth.member.Member;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.AccountId;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes a directory, for administrators. Thread-safe; there is one for each directory.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">Names
 *     and limits</a>
 */
public final class DirectoryEditor {
  /** How many keys somebody may have; AWS gives two. */
  static final int MAX_KEYS = 8;

  /** How many policies a user may have. */
  static final int MAX_POLICIES = 20;

  /** Characters of a display name or an address. */
  private static final int MAX_TEXT = 254;

  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");
  private static final Pattern POLICY_NAME = Pattern.compile("[\\w+=,.@-]{1,128}");
  private static final Pattern PATH = Pattern.compile("/|/[!-~]{1,510}/");
  private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");
  private static final BigInteger TWELVE_DIGITS = BigInteger.TEN.pow(12);

  private final Directory directory;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** The editor of a directory. */
  DirectoryEditor(Directory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * What an account is to be like.
   *
   * @param displayName name in listings
   * @param accountId 12 digits; null for any
   * @param email address, or null
   * @param role what it may do before any policy
   */
  public record NewAccount(
      String displayName, @Nullable String accountId, @Nullable String email, Role role) {}

  /** What is changed. */
  public Directory directory() {
    return directory;
  }

  /**
   * The account with an id, of 12 digits or canonical.
   *
   * @throws S3Exception NoSuchEntity
   */
  public AccountEntry account(String id) {
    return directory.accounts().stream()
        .filter(entry -> entry.accountId().equals(id) || entry.account().canonicalId().equals(id))
        .findFirst()
        .orElseThrow(() -> missing("account", id));
  }

  /**
   * Makes an account, which has neither users nor keys.
   *
   * @throws S3Exception InvalidArgument; EntityAlreadyExists
   */
  public synchronized AccountEntry create(NewAccount wanted) throws IOException {
    String name = wanted.displayName();
    require(!name.isBlank() && isShort(name), "displayName", name);
    String email = wanted.email();
    if (email != null) {
      require(email.indexOf('@') > 0 && isShort(email), "email", email);
    }
    require(wanted.role() != Role.ANONYMOUS, "role", wanted.role().name());
    String id = wanted.accountId();
    if (id != null) {
      require(ACCOUNT_ID.matcher(id).matches(), "accountId", id);
    }
    String canonicalId = canonicalId(id);
    while (id == null && isTaken(AccountId.of(canonicalId))) {
      canonicalId = canonicalId(null);
    }
    String accountId = AccountId.of(canonicalId);
    if (isTaken(accountId)) {
      throw S3ErrorCode.ENTITY_ALREADY_EXISTS.exception(
          "There is an account " + accountId + " already.");
    }
    Account account = new Account(accountId, canonicalId, name, wanted.email(), wanted.role());
    AccountEntry entry = new AccountEntry(account, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    directory.replace(directory.contents().with(entry));
    return entry;
  }

  private static boolean isShort(String text) {
    return text.length() <= MAX_TEXT && text.chars().noneMatch(Character::isISOControl);
  }

  private boolean isTaken(String accountId) {
    return directory.accounts().stream().anyMatch(entry -> entry.accountId().equals(accountId));
  }

  /** A random one that stands for an account id, as {@link AccountId} makes it of that. */
  private String canonicalId(@Nullable String accountId) {
    // A bit less than fit, so that no addition carries over.
    BigInteger any = new BigInteger(255, random);
    BigInteger canonical =
        accountId == null
            ? any
            : any.subtract(any.mod(TWELVE_DIGITS)).add(new BigInteger(accountId));
    return String.format("%064x", canonical);
  }

  /**
   * Removes an account with its users and keys; its buckets are the caller's concern.
   *
   * @throws S3Exception NoSuchEntity; InvalidRequest for one of the credentials file
   */
  public synchronized AccountEntry deleteAccount(String id) throws IOException {
    AccountEntry entry = account(id);
    if (entry.isFixed()) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The account is in the credentials file, and is removed there.");
    }
    directory.replace(directory.contents().withoutAccount(entry.account().canonicalId()));
    return entry;
  }

  /**
   * The user of an account with a name.
   *
   * @throws S3Exception NoSuchEntity
   */
  public User user(Account account, String name) {
    return directory.users(account).stream()
        .filter(user -> user.member().name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing("user", name));
  }

  /**
   * Makes a user, who may do nothing yet.
   *
   * @param path begins and ends with a slash
   * @throws S3Exception InvalidArgument; EntityAlreadyExists; NoSuchEntity
   */
  public synchronized User createUser(Account account, String name, String path)
      throws IOException {
    requireName(name, path);
    account(account.canonicalId());
    if (directory.users(account).stream()
        .anyMatch(user -> user.isNamed(account.canonicalId(), name))) {
      throw S3ErrorCode.ENTITY_ALREADY_EXISTS.exception("There is a user " + name + " already.");
    }
    Member.User member = new Member.User(name, path, KeyText.id("AIDA", random));
    User user =
        new User(
            account.canonicalId(),
            member,
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            Map.of());
    directory.replace(directory.contents().with(user));
    return user;
  }

  /**
   * Removes a user with their keys and policies.
   *
   * @throws S3Exception NoSuchEntity
   */
  public synchronized User deleteUser(Account account, String name) throws IOException {
    User user = user(account, name);
    directory.replace(directory.contents().withoutUser(user.member().id()));
    return user;
  }

  /**
   * Gives a user a policy, instead of one of the same name.
   *
   * @throws S3Exception InvalidArgument; MalformedPolicy; LimitExceeded; NoSuchEntity
   */
  public synchronized IdentityPolicy putPolicy(
      Account account, String userName, String policyName, String document) throws IOException {
    requirePolicyName(policyName);
    IdentityPolicy policy = IdentityPolicy.of(policyName, document);
    User changed = user(account, userName).with(policy);
    requireFewer(changed.policies().size());
    directory.replace(directory.contents().with(changed));
    return policy;
  }

  /**
   * A policy of a user.
   *
   * @throws S3Exception NoSuchEntity
   */
  public IdentityPolicy policy(Account account, String userName, String policyName) {
    IdentityPolicy policy = user(account, userName).policies().get(policyName);
    if (policy == null) {
      throw missing("policy", policyName);
    }
    return policy;
  }

  /**
   * Takes a policy away from a user.
   *
   * @throws S3Exception NoSuchEntity
   */
  public synchronized IdentityPolicy deletePolicy(
      Account account, String userName, String policyName) throws IOException {
    IdentityPolicy policy = policy(account, userName, policyName);
    directory.replace(directory.contents().with(user(account, userName).without(policyName)));
    return policy;
  }

  /**
   * Makes a key.
   *
   * @param userName whose; null for the account's own
   * @throws S3Exception LimitExceeded; NoSuchEntity
   */
  public synchronized AccessKey createKey(Account account, @Nullable String userName)
      throws IOException {
    account(account.canonicalId());
    String userId = userName == null ? null : user(account, userName).member().id();
    long others =
        directory.keys(account).stream()
            .filter(key -> java.util.Objects.equals(key.userId(), userId))
            .count();
    if (others >= MAX_KEYS) {
      throw S3ErrorCode.LIMIT_EXCEEDED.exception(
          "A user, and an account, has " + MAX_KEYS + " keys at the most.");
    }
    String id = KeyText.id("AKIA", random);
    while (directory.hasKey(id)) {
      id = KeyText.id("AKIA", random);
    }
    AccessKey key =
        new AccessKey(
            id,
            KeyText.secret(random),
            account.canonicalId(),
            userId,
            AccessKey.Status.ACTIVE,
            clock.instant().truncatedTo(ChronoUnit.SECONDS));
    directory.replace(directory.contents().with(key));
    return key;
  }

  /**
   * A key of an account or of its users, made here.
   *
   * @throws S3Exception NoSuchEntity
   */
  public AccessKey key(Account account, String keyId) {
    AccessKey key = directory.contents().keys().get(keyId);
    if (key == null || !key.canonicalId().equals(account.canonicalId())) {
      throw missing("key", keyId);
    }
    return key;
  }

  /** The user that a key belongs to; null for a key of an account itself. */
  public @Nullable User owner(AccessKey key) {
    String userId = key.userId();
    return userId == null ? null : directory.user(userId);
  }

  /**
   * Enables or disables a key; it holds for the next request.
   *
   * @throws S3Exception NoSuchEntity
   */
  public synchronized AccessKey setStatus(Account account, String keyId, AccessKey.Status status)
      throws IOException {
    AccessKey changed = key(account, keyId).with(status);
    directory.replace(directory.contents().with(changed));
    return changed;
  }

  /**
   * Removes a key.
   *
   * @throws S3Exception NoSuchEntity
   */
  public synchronized AccessKey deleteKey(Account account, String keyId) throws IOException {
    AccessKey key = key(account, keyId);
    directory.replace(directory.contents().withoutKey(keyId));
    return key;
  }

  /** The key under which tokens of sessions are made; it is made when the first one is. */
  synchronized SessionKey sessionKey() throws IOException {
    SessionKey known = directory.contents().sessionKey();
    if (known != null) {
      return known;
    }
    SessionKey made = SessionKey.random(random);
    directory.replace(directory.contents().with(made));
    return made;
  }

  /** What users and roles may be called. */
  static void requireName(String name, String path) {
    require(NAME.matcher(name).matches(), "name", name);
    require(PATH.matcher(path).matches(), "path", path);
  }

  static void requirePolicyName(String name) {
    require(POLICY_NAME.matcher(name).matches(), "policy", name);
  }

  static void requireFewer(int policies) {
    if (policies > MAX_POLICIES) {
      throw S3ErrorCode.LIMIT_EXCEEDED.exception(
          "A user, and a role, has " + MAX_POLICIES + " policies at the most.");
    }
  }

  private static void require(boolean holds, String name, String value) {
    if (!holds) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The " + name + " is not valid.")
          .with("ArgumentName", name)
          .with("ArgumentValue", value);
    }
  }

  static S3Exception missing(String what, String name) {
    return S3ErrorCode.NO_SUCH_ENTITY.exception("There is no " + what + " " + name + ".");
  }
}
