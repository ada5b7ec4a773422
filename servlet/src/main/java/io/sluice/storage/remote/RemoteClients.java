package io.sluice.storage.remote;

import io.sluice.storage.remote.circuit.Circuit;
import io.sluice.storage.remote.circuit.GuardedHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The SDK's clients of an endpoint, over one pool of connections. Thread-safe.
 *
 * @param repeating for everything but bodies; tries again
 * @param once for objects, whose bodies can be sent only once
 * @param plain for multipart uploads; adds no checksums of its own, which a part may have only when
 *     its upload was created with their algorithm
 */
record RemoteClients(S3Client repeating, S3Client once, S3Client plain, GuardedHttpClient http)
    implements AutoCloseable {
  /**
   * Makes them; nothing is sent.
   *
   * @throws IOException when the certificates cannot be read
   */
  static RemoteClients of(RemoteSettings settings) throws IOException {
    RemoteSettings.Connection connection = settings.connection();
    Apache5HttpClient.Builder builder =
        Apache5HttpClient.builder()
            .connectionTimeout(connection.connectTimeout())
            .socketTimeout(connection.readTimeout())
            .connectionAcquisitionTimeout(connection.readTimeout())
            .maxConnections(connection.maxConnections());
    Path authorities = connection.certificateAuthorities();
    if (authorities != null) {
      TrustManager[] trusted = trusted(authorities);
      builder.tlsTrustManagersProvider(() -> trusted);
    }
    GuardedHttpClient http =
        new GuardedHttpClient(
            builder.build(),
            new Circuit(
                settings.name(),
                connection.circuitFailures(),
                connection.circuitPause(),
                System::nanoTime));
    AwsCredentialsProvider credentials = credentials(settings.identity());
    return new RemoteClients(
        client(settings, http, credentials, connection.retries()).build(),
        client(settings, http, credentials, 0).build(),
        client(settings, http, credentials, 0)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .build(),
        http);
  }

  private static S3ClientBuilder client(
      RemoteSettings settings,
      SdkHttpClient http,
      AwsCredentialsProvider credentials,
      int retries) {
    RemoteSettings.Dialect dialect = settings.dialect();
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .credentialsProvider(credentials)
            .region(Region.of(settings.region()))
            .forcePathStyle(dialect.pathStyle())
            .requestChecksumCalculation(
                dialect.checksums()
                    ? RequestChecksumCalculation.WHEN_SUPPORTED
                    : RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(
                dialect.checksums()
                    ? ResponseChecksumValidation.WHEN_SUPPORTED
                    : ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                service -> service.chunkedEncodingEnabled(dialect.chunkedEncoding()))
            .overrideConfiguration(
                override ->
                    override
                        .addExecutionInterceptor(new RawDocument())
                        .retryStrategy(
                            retries == 0
                                ? AwsRetryStrategy.doNotRetry()
                                : AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                    .maxAttempts(retries + 1)
                                    .build()));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder;
  }

  private static AwsCredentialsProvider credentials(RemoteSettings.Identity identity) {
    return switch (identity.credentials()) {
      case STATIC -> fixed(identity);
      case PROFILE ->
          identity.profile() == null
              ? ProfileCredentialsProvider.create()
              : ProfileCredentialsProvider.create(identity.profile());
      case ENVIRONMENT -> EnvironmentVariableCredentialsProvider.create();
      case CONTAINER -> ContainerCredentialsProvider.create();
      case WEB_IDENTITY -> WebIdentityTokenFileCredentialsProvider.create();
      case ANONYMOUS -> AnonymousCredentialsProvider.create();
      case DEFAULT -> DefaultCredentialsProvider.builder().build();
    };
  }

  private static AwsCredentialsProvider fixed(RemoteSettings.Identity identity) {
    return StaticCredentialsProvider.create(
        identity.sessionToken() == null
            ? AwsBasicCredentials.create(identity.accessKey(), identity.secretKey())
            : AwsSessionCredentials.create(
                identity.accessKey(), identity.secretKey(), identity.sessionToken()));
  }

  private static TrustManager[] trusted(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IOException("ca-file = " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    repeating.close();
    once.close();
    plain.close();
    http.close();
  }
}
