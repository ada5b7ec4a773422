package io.sluice.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector is told. */
class RequestTracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Map<String, String> NAMED =
      Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

  private final List<byte[]> told = new CopyOnWriteArrayList<>();
  private HttpServer collector;
  private String endpoint;

  @BeforeEach
  void listen() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    collector = HttpServer.create(any, 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          told.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  private static String trace(RequestTraces traces, Map<String, String> headers) {
    RequestTrace trace = traces.begin("GET", headers::get);
    trace.end(new RequestTrace.Ended("GetObject", 404, "NoSuchKey", "ABCDEF"));
    return trace.traceId();
  }

  /** Bytes as characters: names and values stand in a protobuf as they are. */
  private String all() {
    StringBuilder text = new StringBuilder();
    told.forEach(bytes -> text.append(new String(bytes, StandardCharsets.ISO_8859_1)));
    return text.toString();
  }

  @Test
  void aRequestIsASpanOfTheTraceThatItNames() {
    try (RequestTraces traces = RequestTraces.of(endpoint, 1)) {
      assertThat(trace(traces, NAMED)).isEqualTo(TRACE);
    }
    String number = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
    assertThat(all()).contains("GetObject", "NoSuchKey", "ABCDEF", "sluice", number);
  }

  @Test
  void aShareOfTracesIsToldWhateverClientsAskFor() {
    try (RequestTraces traces = RequestTraces.of(endpoint, 0)) {
      assertThat(trace(traces, NAMED)).isEqualTo(TRACE);
      assertThat(trace(traces, Map.of("traceparent", "nonsense"))).hasSize(32);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void withoutACollectorThereAreNone() {
    try (RequestTraces traces = RequestTraces.of("", 1)) {
      assertThat(trace(traces, NAMED)).isEmpty();
    }
    assertThatThrownBy(() -> RequestTraces.of("ftp://collector", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCollectorThatIsDownIsWaitedForByNobody() {
    collector.stop(0);
    long began = System.nanoTime();
    try (RequestTraces traces = RequestTraces.of(endpoint, 1)) {
      for (int i = 0; i < 5000; i++) {
        trace(traces, Map.of());
      }
      // Ten batches that each wait for the collector are a hundred seconds.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }
  }
}
