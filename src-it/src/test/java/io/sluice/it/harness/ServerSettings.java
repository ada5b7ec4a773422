package io.sluice.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a server of the tests reads: its own data, credentials and properties.
 *
 * @param data where it stores objects
 * @param credentials the credentials file
 * @param config the properties file
 */
public record ServerSettings(Path data, Path credentials, Path config) {

  /** Writes them below the directory. */
  public static ServerSettings write(Path directory, String... moreProperties) throws IOException {
    Path data = directory.resolve("data");
    Path credentials = directory.resolve("credentials");
    Path config = directory.resolve("sluice.properties");
    Files.writeString(credentials, Account.credentialsFile());
    StringBuilder properties = new StringBuilder();
    List<String> lines =
        List.of(
            "data=" + data,
            "credentials=" + credentials,
            "region=" + Gateway.REGION,
            "base-domains=" + Gateway.BASE_DOMAIN,
            "website-domains=" + Gateway.WEBSITE_DOMAIN);
    lines.forEach(line -> properties.append(line).append('\n'));
    for (String line : moreProperties) {
      properties.append(line).append('\n');
    }
    Files.writeString(config, properties.toString());
    return new ServerSettings(data, credentials, config);
  }
}
