package io.sluice.iam.policy;

import java.io.IOException;
import java.util.List;

/**
 * What a request has for the condition keys of policies. Values that cost a look-up are looked up
 * when a policy asks. Confined to one request.
 */
@FunctionalInterface
public interface ConditionContext {
  /**
   * The values of a key; empty when the request has none.
   *
   * @param key the key, its name in lower case, such as {@code aws:sourceip}; what follows a slash
   *     is as it was written
   * @throws IOException when the store fails
   */
  List<String> values(String key) throws IOException;
}
