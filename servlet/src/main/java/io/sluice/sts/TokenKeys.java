package io.sluice.sts;

import io.sluice.iam.policy.ConditionContext;
import io.sluice.iam.policy.Requester;
import io.sluice.protocol.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of condition keys for requests to the token service. Immutable.
 *
 * @param requester who asks
 * @param origin from where
 * @param now the time
 * @param session the session of a role that is asked for; null for another request
 */
record TokenKeys(Requester requester, Origin origin, Instant now, @Nullable RoleSession session)
    implements ConditionContext {
  /**
   * A session of a role.
   *
   * @param name what it calls itself
   * @param externalId what its maker brings to show that they mean this role's account; or null
   */
  record RoleSession(String name, @Nullable String externalId) {}

  @Override
  public List<String> values(String key) {
    String value =
        switch (key) {
          case "aws:sourceip" -> origin.bareAddress();
          case "aws:securetransport" -> Boolean.toString(origin.secure());
          case "aws:currenttime" -> now.truncatedTo(ChronoUnit.SECONDS).toString();
          case "aws:epochtime" -> Long.toString(now.getEpochSecond());
          case "aws:username" -> requester.userName();
          case "aws:userid" -> requester.userId();
          case "aws:principalarn" -> requester.arn();
          case "aws:principalaccount" -> requester.accountId();
          case "aws:principaltype" -> requester.kind().wireName();
          case "aws:principalisawsservice" -> "false";
          case "sts:externalid" -> session == null ? null : session.externalId();
          case "sts:rolesessionname" -> session == null ? null : session.name();
          default -> null;
        };
    return value == null ? List.of() : List.of(value);
  }
}
