package io.sluice.cli.client;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes clients of S3. Stateless. */
public final class S3Clients {
  private S3Clients() {}

  /** A client of the profile's gateway; the caller closes it. */
  public static S3Client of(Profile profile) {
    return S3Client.builder()
        .endpointOverride(profile.endpoint())
        .region(Region.of(profile.region()))
        .forcePathStyle(true)
        .credentialsProvider(credentials(profile))
        // Which checksum an object has is for its bucket to say.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static AwsCredentialsProvider credentials(Profile profile) {
    String accessKey = profile.accessKey();
    String secretKey = profile.secretKey();
    if (accessKey == null || secretKey == null) {
      return AnonymousCredentialsProvider.create();
    }
    String token = profile.sessionToken();
    AwsCredentials credentials =
        token == null
            ? AwsBasicCredentials.create(accessKey, secretKey)
            : AwsSessionCredentials.create(accessKey, secretKey, token);
    return StaticCredentialsProvider.create(credentials);
  }
}
