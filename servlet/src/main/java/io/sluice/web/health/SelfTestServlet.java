package io.sluice.web.health;

import io.sluice.metrics.OperatorAccess;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@code /-/health/self-test}: what the container's connector gets in the way of, and what to
 * change; a page for people, JSON for who accepts it. For those who may read the metrics.
 * Thread-safe.
 */
public final class SelfTestServlet extends HttpServlet {
  /** Where it is, below the context. */
  public static final String PATH = "/-/health/self-test";

  private static final long serialVersionUID = 1L;
  private static final JsonFactory JSON = new JsonFactory();

  private final transient SelfTest selfTest;
  private final transient OperatorAccess access;

  /** Serves a test to whom may see it. */
  public SelfTestServlet(SelfTest selfTest, OperatorAccess access) {
    this.selfTest = selfTest;
    this.access = access;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!access.permits(request)) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      response.setHeader("Content-Length", "0");
      return;
    }
    ConnectorAddress address = ConnectorAddress.of(request);
    SelfTest.Report report;
    try {
      report = selfTest.run(address);
    } catch (IOException e) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      String text = "The settings could not be tested: " + e.getMessage() + "\n";
      Pages.write(response, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
      return;
    }
    response.setHeader("Vary", "Accept");
    String accept = request.getHeader("Accept");
    if (accept != null && accept.contains("application/json")) {
      Pages.write(response, "application/json", json(report));
    } else {
      byte[] page = SelfTestPage.of(report).getBytes(StandardCharsets.UTF_8);
      Pages.write(response, "text/html;charset=utf-8", page);
    }
  }

  private static byte[] json(SelfTest.Report report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("container", report.address().server());
      json.writeBooleanProperty("ok", report.wrong().isEmpty());
      json.writeArrayPropertyStart("settings");
      for (SelfTest.Finding finding : report.findings()) {
        json.writeStartObject();
        json.writeStringProperty("id", finding.setting().id());
        json.writeStringProperty("matter", finding.setting().matter());
        json.writeBooleanProperty("ok", finding.fault() == null);
        if (finding.fault() != null) {
          json.writeStringProperty("fault", finding.fault());
          json.writeStringProperty("change", finding.setting().change(report.address().isTomcat()));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
