package io.sluice.web.sts;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.protocol.S3Target;
import io.sluice.sts.TokenRefusal;
import io.sluice.sts.TokenService;
import io.sluice.uri.QueryString;
import io.sluice.xml.XmlBodies;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token service at the same address as S3: a form that is posted to the service itself, which
 * S3 has no use for. Thread-safe.
 */
public final class SecurityTokenServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SecurityTokenServlet.class);
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Enough for a policy of 2048 characters, each of them escaped. */
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final transient TokenService service;
  private final transient Authentication authentication;
  private final transient RequestId requestId;

  /** Finds out who sends a form. */
  @FunctionalInterface
  public interface Authentication {
    /**
     * Authenticates.
     *
     * @throws S3Exception the errors of authentication
     */
    TokenService.Caller of(HttpServletRequest request, byte[] body);
  }

  /** Tells the id of a request. */
  @FunctionalInterface
  public interface RequestId {
    /** The id. */
    String of(HttpServletRequest request);
  }

  /** A servlet over the service. */
  public SecurityTokenServlet(
      TokenService service, Authentication authentication, RequestId requestId) {
    this.service = service;
    this.authentication = authentication;
    this.requestId = requestId;
  }

  /** Whether a request is for this service. */
  public static boolean serves(S3Target target, HttpServletRequest request) {
    String type = request.getContentType();
    return target instanceof S3Target.ServiceTarget
        && request.getMethod().equals("POST")
        && type != null
        && type.toLowerCase(Locale.ROOT).startsWith(FORM);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String id = requestId.of(request);
    try {
      write(response, HttpServletResponse.SC_OK, answer(request, id));
    } catch (TokenRefusal e) {
      write(response, e.status(), e.document(id));
    } catch (S3Exception e) {
      TokenRefusal refusal = TokenRefusal.of(e);
      write(response, refusal.status(), refusal.document(id));
    } catch (IOException | RuntimeException e) {
      LOG.error("A request to the token service failed", e);
      TokenRefusal refusal = TokenRefusal.internal(e);
      write(response, refusal.status(), refusal.document(id));
    }
  }

  private Object answer(HttpServletRequest request, String id) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw S3ErrorCode.MAX_MESSAGE_LENGTH_EXCEEDED.exception();
    }
    TokenService.Caller caller = authentication.of(request, body);
    return service.answer(
        QueryString.parse(new String(body, StandardCharsets.ISO_8859_1)), caller, id);
  }

  private static void write(HttpServletResponse response, int status, Object document)
      throws IOException {
    byte[] bytes = XmlBodies.writeOfTokenService(document);
    response.setStatus(status);
    response.setContentType("text/xml");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Length", Integer.toString(bytes.length));
    response.getOutputStream().write(bytes);
  }
}
