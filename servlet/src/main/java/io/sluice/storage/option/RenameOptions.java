package io.sluice.storage.option;

import io.sluice.model.Preconditions;
import org.jspecify.annotations.Nullable;

/**
 * How an object is renamed. Immutable.
 *
 * @param sourceConditions conditions on the source, evaluated as for a read; NOT_MODIFIED fails too
 * @param targetConditions conditions on what the target's key holds now
 * @param ownerId canonical id of the account that asks
 * @param clientToken makes the request idempotent: the same request with the same token is done
 *     once; null for none
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_RenameObject.html">API</a>
 */
public record RenameOptions(
    Preconditions sourceConditions,
    Preconditions targetConditions,
    String ownerId,
    @Nullable String clientToken) {}
