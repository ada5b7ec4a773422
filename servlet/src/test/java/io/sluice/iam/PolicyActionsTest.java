package io.sluice.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.iam.policy.PolicyActions;
import io.sluice.operation.S3Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a request can need, a policy can name. */
class PolicyActionsTest {
  @ParameterizedTest
  @EnumSource(S3Operation.class)
  void everyRowsActionsCanBeNamed(S3Operation operation) {
    assertThat(PolicyActions.all()).contains(operation.action(), operation.versionAction());
  }
}
