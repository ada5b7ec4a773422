package io.sluice.cli.bucket;

import io.sluice.cli.BucketUri;
import tools.jackson.databind.JsonNode;

/** How buckets are called in answers. Stateless. */
final class Names {
  private Names() {}

  /** As they were asked for, and with their provider where nobody said one. */
  static String of(BucketUri uri, JsonNode bucket) {
    return uri.bucketName(BucketUri.schemeOf(bucket.path("provider").asString()));
  }

  /** A bucket of a listing. */
  static String of(JsonNode bucket) {
    return BucketUri.schemeOf(bucket.path("provider").asString())
        + "://"
        + bucket.path("name").asString();
  }
}
