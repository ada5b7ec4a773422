package io.sluice.operation;

import io.sluice.error.S3ErrorCode;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Target;
import io.sluice.uri.QueryString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one operation that a request is: by method, target and sub-resource, then the row with
 * the most conditions that all hold. Nothing falls through: an unknown parameter of a write is
 * refused, because the plain operation would destroy data. Immutable, thread-safe.
 */
public final class Router {
  private record Key(String method, S3Target.Kind target, @Nullable String subresource) {}

  private static final Set<String> WRITES = Set.of("PUT", "POST", "DELETE");

  private final Map<Key, List<S3Operation>> rows = new HashMap<>();
  private final Set<String> subresources = new HashSet<>();

  /** A router over the whole table. */
  public Router() {
    for (S3Operation operation : S3Operation.values()) {
      Route route = operation.route();
      rows.computeIfAbsent(
              new Key(route.method(), route.target(), route.subresource()),
              key -> new ArrayList<>())
          .add(operation);
      if (route.subresource() != null) {
        subresources.add(route.subresource());
      }
    }
    Comparator<S3Operation> mostConditionsFirst =
        Comparator.comparingInt(operation -> -operation.route().conditions().size());
    rows.values().forEach(list -> list.sort(mostConditionsFirst));
  }

  /**
   * The operation of a request.
   *
   * @throws io.sluice.error.S3Exception MethodNotAllowed; InvalidArgument for two sub-resources;
   *     NotImplemented for a parameter of a write that its operation does not know
   */
  public S3Operation route(String method, S3Target target, QueryString query, S3Headers headers) {
    String subresource = subresource(query);
    List<S3Operation> candidates =
        rows.getOrDefault(new Key(method, target.kind(), subresource), List.of());
    for (S3Operation operation : candidates) {
      if (operation.route().holds(query, headers)) {
        if (WRITES.contains(method)) {
          refuseUnknownParameters(operation, query);
        }
        return operation;
      }
    }
    if (WRITES.contains(method) && subresource == null) {
      refuseUnknownParameters(null, query);
    }
    throw S3ErrorCode.METHOD_NOT_ALLOWED
        .exception()
        .with("Method", method)
        .with("ResourceType", subresource == null ? target.kind().name() : subresource);
  }

  private @Nullable String subresource(QueryString query) {
    String found = null;
    for (QueryString.Parameter parameter : query.parameters()) {
      if (subresources.contains(parameter.name())) {
        if (found != null && !found.equals(parameter.name())) {
          throw S3ErrorCode.INVALID_ARGUMENT
              .exception("Conflicting query string parameters: " + found + ", " + parameter.name())
              .with("ArgumentName", "ResourceType")
              .with("ArgumentValue", parameter.name());
        }
        found = parameter.name();
      }
    }
    return found;
  }

  /** Refuses what the operation does not know; with no operation, whatever the query holds. */
  private static void refuseUnknownParameters(@Nullable S3Operation operation, QueryString query) {
    Set<String> known = operation == null ? Set.of() : operation.route().parameters();
    String named = operation == null ? "any operation" : operation.wireName();
    for (QueryString.Parameter parameter : query.parameters()) {
      if (!known.contains(parameter.name()) && !isEveryones(parameter.name())) {
        throw S3ErrorCode.NOT_IMPLEMENTED
            .exception(
                "The query parameter "
                    + parameter.name()
                    + " has no meaning for "
                    + named
                    + " here.")
            .with("Parameter", parameter.name())
            .with("Operation", operation == null ? null : named);
      }
    }
  }

  /**
   * Parameters of signatures, with the headers that signers of Version 2 repeat there (botocore
   * does), and {@code x-id}, by which SDKs name the operation.
   */
  private static boolean isEveryones(String name) {
    return switch (name) {
      case "x-id", "AWSAccessKeyId", "Signature", "Expires", "content-type", "content-md5" -> true;
      default -> name.toLowerCase(Locale.ROOT).startsWith("x-amz-");
    };
  }
}
