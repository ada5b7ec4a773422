package io.sluice.storage.remote.circuit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** The client below all requests to a remote: each attempt goes by the circuit. Thread-safe. */
public final class GuardedHttpClient implements SdkHttpClient {
  private final SdkHttpClient http;
  private final Circuit circuit;

  /** Guards a client, which is closed with it. */
  public GuardedHttpClient(SdkHttpClient http, Circuit circuit) {
    this.http = http;
    this.circuit = circuit;
  }

  /** The circuit. */
  public Circuit circuit() {
    return circuit;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Guarded(http.prepareRequest(request), request.contentStreamProvider().isPresent());
  }

  @Override
  public String clientName() {
    return http.clientName();
  }

  @Override
  public void close() {
    http.close();
  }

  /** One attempt. */
  private final class Guarded implements ExecutableHttpRequest {
    private final ExecutableHttpRequest request;
    private final boolean hasBody;

    Guarded(ExecutableHttpRequest request, boolean hasBody) {
      this.request = request;
      this.hasBody = hasBody;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      try {
        circuit.admit();
      } catch (ProviderAwayException e) {
        // The SDK makes new exceptions of its own kinds, keeps their causes, and repeats none such.
        throw SdkClientException.create(e.getMessage(), e);
      }
      boolean decided = false;
      try {
        HttpExecuteResponse response = request.call();
        decided = true;
        circuit.answered();
        return response;
      } catch (IOException e) {
        if (!hasBody || isUnconnected(e)) {
          decided = true;
          circuit.failed(e.toString());
        }
        throw e;
      } finally {
        if (!decided) {
          circuit.undecided();
        }
      }
    }

    /** With a body on its way, only this is surely not the fault of whoever sends that. */
    private boolean isUnconnected(IOException fault) {
      return fault instanceof ConnectException
          || fault instanceof UnknownHostException
          || fault instanceof NoRouteToHostException;
    }

    @Override
    public void abort() {
      request.abort();
    }
  }
}
