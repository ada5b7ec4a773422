package io.sluice.operation.form;

import io.sluice.auth.Authenticator;
import io.sluice.operation.Authorizer;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.RequestGuards;
import io.sluice.operation.S3Operation;
import io.sluice.storage.Storage;
import java.time.Clock;
import java.util.List;

/** The operations of forms. */
public final class FormOperations {
  private FormOperations() {}

  /**
   * The handlers over a back end.
   *
   * @param authenticator believes the signatures of forms
   * @param authorizer decides about what forms write
   * @param others the handlers made so far, PutObject's among them
   * @param clock says whether a policy is over
   */
  public static List<OperationHandler> of(
      Storage storage,
      Authenticator authenticator,
      Authorizer authorizer,
      List<OperationHandler> others,
      Clock clock) {
    OperationHandler putObject =
        others.stream()
            .filter(handler -> handler.operation() == S3Operation.PUT_OBJECT)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no handler for PutObject"));
    RequestGuards guards = new RequestGuards(storage.buckets());
    return List.of(new PostObject(authenticator, authorizer, guards, putObject, clock));
  }
}
