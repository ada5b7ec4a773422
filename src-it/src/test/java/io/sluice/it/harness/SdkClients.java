package io.sluice.it.harness;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** AWS's own clients, pointed at a gateway. They are the caller's to close. */
public final class SdkClients {
  private SdkClients() {}

  /** The synchronous client on Apache's HTTP client. */
  public static S3Client sync(Gateway gateway) {
    return sync(gateway, Account.TESTER);
  }

  /** The same for another account. */
  public static S3Client sync(Gateway gateway, Account account) {
    return builder(gateway.endpoint(), credentials(account), Apache5HttpClient.create()).build();
  }

  /** The engine itself, in the words that its release understands. */
  public static S3Client sync(CephGateway engine) {
    return builder(
            engine.endpoint(),
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(engine.accessKey(), engine.secretKey())),
            Apache5HttpClient.create())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }

  /** Without a signature. */
  public static S3Client anonymous(Gateway gateway) {
    return builder(
            gateway.endpoint(), AnonymousCredentialsProvider.create(), Apache5HttpClient.create())
        .build();
  }

  /** The synchronous client on the JDK's HttpURLConnection. */
  public static S3Client urlConnection(Gateway gateway) {
    return builder(
            gateway.endpoint(), credentials(Account.TESTER), UrlConnectionHttpClient.create())
        .build();
  }

  /** The gateway at the root of the server instead of below a prefix. */
  public static S3Client atRoot(Gateway gateway) {
    return builder(gateway.root(), credentials(Account.TESTER), Apache5HttpClient.create()).build();
  }

  private static S3ClientBuilder builder(
      URI endpoint, AwsCredentialsProvider credentials, SdkHttpClient http) {
    // One attempt: a test must see the first answer, not the one after a retry.
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(Gateway.REGION))
        .credentialsProvider(credentials)
        .httpClient(http)
        .forcePathStyle(true)
        .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)));
  }

  /** The asynchronous client on Netty. */
  public static S3AsyncClient netty(Gateway gateway) {
    return S3AsyncClient.builder()
        .endpointOverride(gateway.endpoint())
        .region(Region.of(Gateway.REGION))
        .credentialsProvider(credentials(Account.TESTER))
        .httpClient(NettyNioAsyncHttpClient.create())
        .forcePathStyle(true)
        .build();
  }

  /** The asynchronous client written in C, which always uploads in unsigned chunks. */
  public static S3AsyncClient crt(Gateway gateway) {
    return S3AsyncClient.crtBuilder()
        .endpointOverride(gateway.endpoint())
        .region(Region.of(Gateway.REGION))
        .credentialsProvider(credentials(Account.TESTER))
        .forcePathStyle(true)
        .minimumPartSizeInBytes(5L << 20)
        // It asks neither Java nor the environment whom to trust.
        .httpConfiguration(
            http ->
                http.trustAllCertificatesEnabled(gateway.endpoint().getScheme().equals("https")))
        .build();
  }

  /** Makes presigned addresses. */
  public static S3Presigner presigner(Gateway gateway) {
    return presigner(gateway, true);
  }

  /** The same with the bucket in the path, or in the host. */
  public static S3Presigner presigner(Gateway gateway, boolean pathStyle) {
    return S3Presigner.builder()
        .endpointOverride(gateway.endpoint())
        .region(Region.of(Gateway.REGION))
        .credentialsProvider(credentials(Account.TESTER))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build())
        .build();
  }

  private static AwsCredentialsProvider credentials(Account account) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(account.accessKey(), account.secretKey()));
  }
}
