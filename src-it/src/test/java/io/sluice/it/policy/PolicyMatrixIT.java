package io.sluice.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Who gets what answer: bucket policy by ACL by public access block by ownership, asked by an
 * administrator, the bucket's owner, another account and nobody. The table is in {@link
 * PolicyMatrix}.
 */
class PolicyMatrixIT extends GatewayCase {
  private static final int ROWS_AT_LEAST = 300;

  private final Map<String, String> buckets = new HashMap<>();
  private Map<String, String> names = Map.of();

  @Test
  void everyRowAnswersAsAws() throws IOException {
    names =
        Map.of(
            "{owner}", accountId(Account.OTHER),
            "{third}", accountId(Account.THIRD),
            "{third-id}", canonicalId(Account.THIRD));
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (String line : PolicyMatrix.rows()) {
      String[] cells = line.split("\\s*\\|\\s*");
      String made = bucket(cells[0], cells[1], cells[2], cells[3]);
      boolean overTls = gateway.endpoint().getScheme().equals("https");
      String[] expected = cells[overTls ? cells.length - 1 : 5].split(" ");
      for (int i = 0; i < expected.length; i++) {
        int status = ask(made, cells[4], i);
        rows++;
        if (status != Integer.parseInt(expected[i])) {
          wrong.add(line + " -> " + PolicyMatrix.WHO.get(i) + " got " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isGreaterThanOrEqualTo(ROWS_AT_LEAST);
  }

  private int ask(String made, String operation, int who) throws IOException {
    String[] words = filled(PolicyMatrix.operation(operation), made).split(" ");
    RawRequest request = RawRequest.of(gateway, words[0], words[1]);
    for (int i = 2; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      request.header(words[i].substring(0, colon), words[i].substring(colon + 1));
    }
    Account account = PolicyMatrix.ACCOUNTS.get(who);
    RawResponse answer = account == null ? request.sendAnonymously() : request.as(account).send();
    return answer.status();
  }

  /** A bucket of the owner's with objects in it, made once for each combination. */
  private String bucket(String policy, String acl, String block, String ownership)
      throws IOException {
    String combination = String.join(" ", policy, acl, block, ownership);
    String known = buckets.get(combination);
    if (known != null) {
      return known;
    }
    String made = newBucketName();
    String first = ownership.equals("BucketOwnerEnforced") ? ownership : "ObjectWriter";
    owner(200, owners("PUT", "/" + made).header("x-amz-object-ownership", first));
    boolean granted = !acl.equals("private");
    if (granted && !ownership.equals("later")) {
      owner(200, owners("PUT", "/" + made + "?acl").header("x-amz-acl", acl));
    }
    for (String key : List.of("key", "other", "gone", "open/key", names.get("{third}") + "/home")) {
      RawRequest put = owners("PUT", "/" + made + "/" + key).body("text");
      if (granted) {
        put.header("x-amz-acl", acl);
      }
      if (key.equals("key")) {
        put.header("x-amz-tagging", "class=open");
      }
      owner(200, put);
    }
    if (ownership.equals("later")) {
      owner(
          200,
          owners("PUT", "/" + made + "?ownershipControls")
              .body(
                  "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced"
                      + "</ObjectOwnership></Rule></OwnershipControls>"));
    }
    if (!policy.equals("none")) {
      owner(
          204,
          owners("PUT", "/" + made + "?policy")
              .header("x-amz-confirm-remove-self-bucket-access", "true")
              .body(filled(PolicyMatrix.policy(policy), made)));
    }
    if (!block.equals("none")) {
      // As the administrator: some policies keep the owner from it.
      RawResponse answer =
          RawRequest.of(gateway, "PUT", "/" + made + "?publicAccessBlock")
              .body(PolicyMatrix.block(block))
              .send();
      assertThat(answer.status()).isEqualTo(200);
    }
    buckets.put(combination, made);
    return made;
  }

  private RawRequest owners(String method, String target) {
    return RawRequest.of(gateway, method, target).as(Account.OTHER);
  }

  private static void owner(int status, RawRequest request) throws IOException {
    RawResponse answer = request.send();
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  private String filled(String template, String made) {
    String text = template.replace("{b}", made);
    for (Map.Entry<String, String> name : names.entrySet()) {
      text = text.replace(name.getKey(), name.getValue());
    }
    return text;
  }

  private String canonicalId(Account account) throws IOException {
    return PolicyMatrix.canonicalId(RawRequest.of(gateway, "GET", "/").as(account).send().text());
  }

  private String accountId(Account account) throws IOException {
    return PolicyMatrix.accountId(canonicalId(account));
  }
}
