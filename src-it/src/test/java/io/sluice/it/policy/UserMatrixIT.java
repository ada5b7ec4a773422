package io.sluice.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Who gets what answer, with users: bucket policy by identity policy, asked by a user of the
 * owner's account and one of another. The table is in {@link UserMatrixRows}.
 */
class UserMatrixIT extends GatewayCase {
  private static final int ROWS_AT_LEAST = 150;

  /** What does not belong to one row: accounts, users by their policies, buckets by both. */
  private final Map<String, Pair> users = new HashMap<>();

  private final Map<String, String> buckets = new HashMap<>();
  private String owner = "";
  private String third = "";

  /** A user of the owner's account, one of another, and their common name. */
  private record Pair(String name, Account own, Account foreign) {}

  @Test
  void everyRowAnswersAsAws() throws IOException {
    owner = accountId(Account.OTHER);
    third = accountId(Account.THIRD);
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    try {
      for (String line : UserMatrixRows.rows()) {
        String[] cells = line.split("\\s*\\|\\s*");
        String made = bucket(cells[0], cells[1]);
        Pair pair = users.get(made);
        String[] expected = cells[3].split(" ");
        for (int i = 0; i < expected.length; i++) {
          int status = ask(made, pair, cells[2], i == 0 ? pair.own() : pair.foreign());
          rows++;
          if (status != Integer.parseInt(expected[i])) {
            wrong.add(line + " -> " + (i == 0 ? "own" : "foreign") + " got " + status);
          }
        }
      }
    } finally {
      for (Pair pair : users.values()) {
        for (String account : List.of(owner, third)) {
          admin("DELETE", "/accounts/" + account + "/users/" + pair.name()).send();
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isGreaterThanOrEqualTo(ROWS_AT_LEAST);
  }

  private int ask(String made, Pair pair, String operation, Account account) throws IOException {
    String template =
        switch (operation) {
          case "get-mine" -> "GET /{b}/{user}/key";
          case "list-buckets" -> "GET /";
          default -> PolicyMatrix.operation(operation);
        };
    String[] words = template.replace("{b}", made).replace("{user}", pair.name()).split(" ");
    RawRequest request = RawRequest.of(gateway, words[0], words[1]).as(account);
    for (int i = 2; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      request.header(words[i].substring(0, colon), words[i].substring(colon + 1));
    }
    return request.send().status();
  }

  private RawRequest admin(String method, String path) {
    Gateway root = new Gateway(gateway.name(), gateway.root(), gateway.process());
    return RawRequest.of(root, method, "/-/admin/v1" + path);
  }

  private String bucket(String bucketPolicy, String userPolicy) throws IOException {
    String combination = bucketPolicy + " " + userPolicy;
    String known = buckets.get(combination);
    if (known != null) {
      return known;
    }
    String made = newBucketName();
    Pair pair = pair(made, userPolicy);
    users.put(made, pair);
    buckets.put(combination, made);
    sent(200, owners("PUT", "/" + made));
    for (String key : List.of("key", "other", "gone", pair.name() + "/key")) {
      RawRequest put = owners("PUT", "/" + made + "/" + key).body("text");
      if (key.equals("key")) {
        put.header("x-amz-tagging", "class=open");
      }
      sent(200, put);
    }
    if (!bucketPolicy.equals("none")) {
      String policy =
          UserMatrixRows.policy(UserMatrixRows.OF_BUCKETS.get(bucketPolicy))
              .replace("{b}", made)
              .replace("{owner}", owner)
              .replace("{third}", third)
              .replace("{own}", arn(owner, pair))
              .replace("{foreign}", arn(third, pair));
      sent(204, owners("PUT", "/" + made + "?policy").body(policy));
    }
    return made;
  }

  private Pair pair(String made, String policy) throws IOException {
    String name = "u-" + made;
    List<Account> keys = new ArrayList<>();
    for (String account : List.of(owner, third)) {
      String users = "/accounts/" + account + "/users";
      sent(200, admin("POST", users).body("{\"name\":\"" + name + "\"}"));
      if (!policy.equals("none")) {
        String document =
            UserMatrixRows.policy(UserMatrixRows.OF_USERS.get(policy)).replace("{b}", made);
        sent(200, admin("PUT", users + "/" + name + "/policies/p").body(document));
      }
      String key =
          sent(
              200,
              admin("POST", "/accounts/" + account + "/keys").body("{\"user\":\"" + name + "\"}"));
      keys.add(new Account(field(key, "accessKeyId"), field(key, "secretAccessKey")));
    }
    return new Pair(name, keys.get(0), keys.get(1));
  }

  private static String arn(String account, Pair pair) {
    return "arn:aws:iam::" + account + ":user/" + pair.name();
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  private RawRequest owners(String method, String target) {
    return RawRequest.of(gateway, method, target).as(Account.OTHER);
  }

  private static String sent(int status, RawRequest request) throws IOException {
    RawResponse answer = request.send();
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return answer.text();
  }

  private String accountId(Account account) throws IOException {
    return PolicyMatrix.accountId(
        PolicyMatrix.canonicalId(RawRequest.of(gateway, "GET", "/").as(account).send().text()));
  }
}
