package io.sluice.admin;

import io.sluice.cluster.ClusterSettings;
import io.sluice.cluster.Feature;
import io.sluice.operation.BucketProperties;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What holds for the whole gateway and may be changed while it runs. Thread-safe. */
final class ClusterAdmin {
  private final ClusterSettings settings;
  private final JsonMapper json;

  ClusterAdmin(ClusterSettings settings, JsonMapper json) {
    this.settings = settings;
    this.json = json;
  }

  /** A feature that there is. */
  record FeatureView(String name, boolean on, long bit, String tags, String description) {}

  /**
   * What holds.
   *
   * @param features names of the features that are on
   * @param checksumType the property {@code checksum.type} of new buckets
   * @param known all features that there are
   */
  record ClusterView(List<String> features, String checksumType, List<FeatureView> known) {}

  /**
   * A change; what is null stays.
   *
   * @param features all that shall be on, by name; the others are off then
   * @param checksumType the property {@code checksum.type} of buckets that are created from now on
   */
  record ClusterChange(@Nullable List<String> features, @Nullable String checksumType) {}

  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
            "GET",
            "/cluster",
            "Features that are on, and what new buckets are like.",
            null,
            ClusterView.class,
            (request, parameters) -> view()),
        new AdminRoute(
            "PATCH",
            "/cluster",
            "Switches features, and says what new buckets are like; it holds at once.",
            ClusterChange.class,
            ClusterView.class,
            (request, parameters) -> change(request.read(json, ClusterChange.class))));
  }

  private ClusterView view() {
    ClusterSettings.Values values = settings.values();
    return new ClusterView(
        Feature.names(values.features()),
        BucketProperties.checksumType(values.checksumType()),
        Arrays.stream(Feature.values())
            .map(
                feature ->
                    new FeatureView(
                        feature.wireName(),
                        values.features().contains(feature),
                        feature.bit(),
                        feature.tags(),
                        feature.description()))
            .toList());
  }

  private ClusterView change(ClusterChange change) throws IOException {
    ClusterSettings.Values before = settings.values();
    Set<Feature> features =
        change.features() == null ? before.features() : Feature.parse(change.features());
    String checksumType = change.checksumType();
    if (checksumType == null) {
      checksumType = before.checksumType();
    } else {
      BucketProperties.of(Map.of(BucketProperties.CHECKSUM_TYPE, checksumType));
    }
    settings.change(new ClusterSettings.Values(features, checksumType));
    return view();
  }
}
