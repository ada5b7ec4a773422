package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final Path SHIPPED = Path.of("../conf/sluice.properties");

  @Test
  void theShippedFileListsEveryKeyWithItsDefaultAndASentence() throws IOException {
    Properties shipped = new Properties();
    try (Reader reader = Files.newBufferedReader(SHIPPED)) {
      shipped.load(reader);
    }
    assertThat(new TreeMap<Object, Object>(shipped))
        .isEqualTo(new TreeMap<Object, Object>(new ConfigReader().effective()));
    List<String> lines = Files.readAllLines(SHIPPED);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(" =")) {
        assertThat(lines.get(i - 1)).as("above " + lines.get(i)).startsWith("# ").endsWith(".");
      }
    }
  }

  @Test
  void theShippedFileShowsEverySettingOfProvidersWithItsDefault() throws IOException {
    List<String> lines = Files.readAllLines(SHIPPED).stream().map(String::strip).toList();
    for (ProviderKey key : ProviderKey.values()) {
      assertThat(lines)
          .contains(("# provider.NAME." + key.key() + " = " + key.defaultValue()).strip());
    }
  }

  @Test
  void providersComeFromTheFileAndTheEnvironment(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("p"),
            "provider.aws.endpoint=http://x\nprovider.aws.secret-key=hush\n");
    ConfigReader reader =
        new ConfigReader()
            .file(file)
            .environment(
                Map.of(
                    "SLUICE_PROVIDER_AWS_ACCESS_KEY", "AKIA",
                    "SLUICE_PROVIDER_OLD_CEPH_READ_TIMEOUT", "PT1S"));
    GatewayConfig config = reader.read();
    assertThat(config.providers()).containsOnlyKeys("aws", "old-ceph");
    assertThat(config.providers().get("aws").get(ProviderKey.ACCESS_KEY)).isEqualTo("AKIA");
    assertThat(config.providers().get("aws").get(ProviderKey.SECRET_KEY)).isEqualTo("hush");
    assertThat(config.providers().get("old-ceph").get(ProviderKey.READ_TIMEOUT)).isEqualTo("PT1S");
    assertThat(config.toString()).doesNotContain("hush");
    assertThat(reader.effective())
        .containsEntry("provider.aws.secret-key", "(hidden)")
        .containsEntry("provider.aws.endpoint", "http://x");
  }

  @ParameterizedTest
  @CsvSource({
    "provider.aws.endpint,provider.NAME.endpoint",
    "provider.region,provider.NAME.region",
    "provider.A.region,provider.NAME.region",
  })
  void anUnknownSettingOfAProviderStopsTheStart(String key, String hint, @TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("p"), key + "=1\n");
    assertThatThrownBy(() -> new ConfigReader().file(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(hint);
  }

  @Test
  void theShippedFileMeansWhatNoFileMeans() {
    assertThat(new ConfigReader().file(SHIPPED).read())
        .usingRecursiveComparison()
        .ignoringFields("settings")
        .isEqualTo(new ConfigReader().read());
  }

  @Test
  void tlsNeedsACertificateAndItsKey() {
    assertThat(new ConfigReader().read().listen().tls()).isNull();
    ConfigReader reader = new ConfigReader().option(ConfigKey.TLS_CLIENT_CA, "ca.pem");
    assertThatThrownBy(reader::read).hasMessageContaining("tls.certificate");
    reader.option(ConfigKey.TLS_CERTIFICATE, "c.pem");
    assertThatThrownBy(reader::read).hasMessageContaining("tls.private-key");
    reader.option(ConfigKey.TLS_PRIVATE_KEY, "k.pem");
    assertThat(reader.read().listen().tls())
        .isEqualTo(
            new GatewayConfig.Tls(Path.of("c.pem"), Path.of("k.pem"), Path.of("ca.pem"), true));
  }

  @Test
  void theDefaultsListenOnLoopbackAndCheckSignatures() {
    GatewayConfig config = new ConfigReader().read();
    assertThat(config.listen().address()).isEqualTo("127.0.0.1");
    assertThat(config.auth().signatures()).isTrue();
    assertThat(config.credentials()).isEqualTo(Path.of("./data/credentials"));
    assertThat(config.limits().drainTime()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("p"), "port=1\nregion=a\ndata=x\n");
    GatewayConfig config =
        new ConfigReader()
            .file(file)
            .environment(Map.of("SLUICE_PORT", "2", "SLUICE_REGION", "b", "HOME", "/"))
            .option(ConfigKey.PORT, "3")
            .option(ConfigKey.DATA, null)
            .read();
    assertThat(config.listen().port()).isEqualTo(3);
    assertThat(config.region()).isEqualTo("b");
    assertThat(config.data()).isEqualTo(Path.of("x"));
  }

  @Test
  void everySettingSaysWhereItCameFromAndSecretsStayHidden(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("p"), "region=a\nmetrics.token=hush\n");
    GatewayConfig config =
        new ConfigReader()
            .file(file)
            .environment(Map.of("SLUICE_DATA", "d", "SLUICE_PROVIDER_AWS_SECRET_KEY", "hush"))
            .option(ConfigKey.PORT, "3")
            .read();
    assertThat(config.settings())
        .hasSize(ConfigKey.values().length + 1)
        .contains(
            new Setting("region", "a", Setting.Source.FILE, file.toString()),
            new Setting("metrics.token", "(hidden)", Setting.Source.FILE, file.toString()),
            new Setting("data", "d", Setting.Source.ENVIRONMENT, "SLUICE_DATA"),
            new Setting("port", "3", Setting.Source.COMMAND_LINE, "command line"),
            new Setting("auth.mode", "sigv4", Setting.Source.DEFAULT, ""),
            new Setting(
                "provider.aws.secret-key",
                "(hidden)",
                Setting.Source.ENVIRONMENT,
                "SLUICE_PROVIDER_AWS_SECRET_KEY"));
    assertThat(config.toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource({
    "auth.mod,auth.mode",
    "s3-at-rot,s3-at-root",
    "Port,port",
    "data-dir,is called data here",
    "bind,is called address here",
  })
  void anUnknownKeyStopsTheStartWithAHint(String key, String hint, @TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("p"), key + "=1\n");
    assertThatThrownBy(() -> new ConfigReader().file(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(hint)
        .hasMessageNotContaining("\n");
  }

  @Test
  void anUnknownVariableStopsTheStartWithAHint() {
    assertThatThrownBy(() -> new ConfigReader().environment(Map.of("SLUICE_AUTHMODE", "none")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("SLUICE_AUTH_MODE");
  }

  @Test
  void variablesThatAClusterSetsForAServiceAreNotOurs() {
    Map<String, String> cluster =
        Map.of(
            "SLUICE_PORT", "tcp://10.0.0.1:80",
            "SLUICE_PORT_80_TCP_ADDR", "10.0.0.1",
            "SLUICE_SERVICE_HOST", "10.0.0.1");
    assertThat(new ConfigReader().environment(cluster).read()).isEqualTo(new ConfigReader().read());
  }

  @ParameterizedTest
  @CsvSource({
    "PORT,65536",
    "PORT,eighty",
    "AUTH_MODE,off",
    "S3_AT_ROOT,yes",
    "IDLE_TIMEOUT,2 minutes",
    "LIMITS_DRAIN,64 apples",
    "ADDRESS,''",
  })
  void aBadValueStopsTheStart(ConfigKey key, String value) {
    assertThatThrownBy(() -> new ConfigReader().option(key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key.key());
  }

  @ParameterizedTest
  @CsvSource({"0,0", "10kB,10000", "64MiB,67108864", "1 GiB,1073741824", "5k,5000", "7b,7"})
  void readsSizes(String text, long bytes) {
    assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5MiB", "iB", "1ib", "999999999999999TiB"})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> DataSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
