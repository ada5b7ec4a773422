package io.sluice.storage.remote.circuit;

import io.sluice.storage.maintenance.StoreMetric;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** The client below all requests to a remote: each attempt goes by the circuit. Thread-safe. */
public final class GuardedHttpClient implements SdkHttpClient {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int SERVER_FAULT = 500;

  private final SdkHttpClient http;
  private final Circuit circuit;
  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** Guards a client, which is closed with it. */
  public GuardedHttpClient(SdkHttpClient http, Circuit circuit) {
    this.http = http;
    this.circuit = circuit;
  }

  /** What it tells of the remote. */
  public List<StoreMetric> metrics() {
    return List.of(
        StoreMetric.counter("remote.calls", "", "Requests sent to providers", calls::sum),
        StoreMetric.counter(
            "remote.failures", "", "Requests to providers that got no answer", failures::sum),
        StoreMetric.counter(
            "remote.errors", "", "Answers of providers with a status of 500 or more", errors::sum),
        StoreMetric.counter(
            "remote.wait",
            "seconds",
            "Time until providers began to answer",
            () -> nanos.sum() / NANOS_PER_SECOND),
        StoreMetric.counter(
            "remote.refused", "", "Requests not sent, since their provider is away", refused::sum),
        StoreMetric.gauge(
            "remote.away",
            "",
            "Providers that are not asked for a while",
            () -> circuit.state() == Circuit.State.CLOSED ? 0 : 1));
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
        refused.increment();
        // The SDK makes new exceptions of its own kinds, keeps their causes, and repeats none such.
        throw SdkClientException.create(e.getMessage(), e);
      }
      boolean decided = false;
      calls.increment();
      long began = System.nanoTime();
      try {
        HttpExecuteResponse response = request.call();
        decided = true;
        circuit.answered();
        if (response.httpResponse().statusCode() >= SERVER_FAULT) {
          errors.increment();
        }
        return response;
      } catch (IOException e) {
        failures.increment();
        if (!hasBody || isUnconnected(e)) {
          decided = true;
          circuit.failed(e.toString());
        }
        throw e;
      } finally {
        nanos.add(System.nanoTime() - began);
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
