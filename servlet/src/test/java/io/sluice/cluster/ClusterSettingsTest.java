package io.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3Exception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSettingsTest {
  private static final Set<Feature> ROOT = Set.of(Feature.S3_API_VIA_ROOT);

  @TempDir Path data;

  @Test
  void changesOutliveTheProcess() throws IOException {
    ClusterSettings settings = ClusterSettings.open(data, ROOT);
    assertThat(settings.has(Feature.S3_API_VIA_ROOT)).isTrue();
    settings.change(new ClusterSettings.Values(Set.of(), "md5"));
    assertThat(settings.has(Feature.S3_API_VIA_ROOT)).isFalse();
    assertThat(ClusterSettings.open(data, ROOT).values()).isEqualTo(settings.values());
    settings.change(new ClusterSettings.Values(ROOT, null));
    assertThat(ClusterSettings.open(data, Set.of()).values()).isEqualTo(settings.values());
    assertThat(data.resolve("cluster.new")).doesNotExist();
  }

  @Test
  void aFileThatIsNoneStopsTheStart() throws IOException {
    for (String text : List.of("color=blue", "features=Perpetual-Motion", "nonsense")) {
      Files.writeString(data.resolve("cluster"), text);
      assertThatThrownBy(() -> ClusterSettings.open(data, ROOT))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cluster");
    }
  }

  @Test
  void featuresHaveNamesAliasesAndBits() {
    for (String text :
        List.of(
            "S3-API-via-Root", "s3-api-via-root", "Provide-S3-API-via-Root", "0x10", "none,0x10")) {
      assertThat(Feature.parse(List.of(text))).as(text).isEqualTo(ROOT);
    }
    assertThat(Feature.parse(List.of("none"))).isEmpty();
    assertThat(Feature.names(ROOT)).containsExactly("S3-API-via-Root");
    for (String text : List.of("x", "0x8000000000000000", "0xzz", "0x")) {
      assertThatThrownBy(() -> Feature.parse(List.of(text)))
          .as(text)
          .isInstanceOf(S3Exception.class)
          .hasMessageContaining("unknown feature flag");
    }
  }
}
