package io.sluice.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.auth.Authenticated;
import io.sluice.auth.Identity;
import io.sluice.cluster.ClusterSettings;
import io.sluice.config.Setting;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.Explanations;
import io.sluice.iam.directory.DirectoryEditor;
import io.sluice.logging.LogLevels;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import io.sluice.storage.Storage;
import io.sluice.uri.PercentCoding;
import io.sluice.uri.QueryString;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The administrators' interface: JSON below {@code /-/admin/v1}, signed with the key of an
 * administrator as a request to S3 is, and described by {@code /-/admin/v1/openapi.json}. Every act
 * that changes something leaves a line in the log {@code sluice.audit}. Thread-safe.
 */
public final class AdminServlet extends HttpServlet {
  /** Where it is, below the context. */
  public static final String PREFIX = "/-/admin/v1";

  private static final long serialVersionUID = 1L;
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final Logger AUDIT = LoggerFactory.getLogger(LogLevels.AUDIT);
  private static final String WHO = AdminServlet.class.getName() + ".who";
  private static final String AUDITED = AdminServlet.class.getName() + ".audited";
  private static final Logger LOG = LoggerFactory.getLogger(AdminServlet.class);

  private final transient Authentication authentication;
  private final transient Permission permission;
  private final transient List<AdminRoute> routes;
  private final transient Map<String, Object> description;
  private final transient Jobs jobs;
  private final transient JsonMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  /** Finds out who sends a request, and lets its body be read. */
  @FunctionalInterface
  public interface Authentication {
    /**
     * Authenticates.
     *
     * @throws S3Exception the errors of authentication
     */
    Authenticated of(HttpServletRequest request);
  }

  /** Asks whether somebody may do what an operation of S3 does. */
  @FunctionalInterface
  public interface Permission {
    /**
     * Returns when they may.
     *
     * @throws S3Exception AccessDenied; NoSuchBucket
     */
    void require(
        HttpServletRequest request,
        Authenticated authenticated,
        S3Operation operation,
        S3Target target)
        throws IOException;
  }

  /**
   * What the interface tells of the gateway's own store.
   *
   * @param localName the provider's name of its own buckets
   * @param data the directory of its data
   * @param cluster what may be changed while it runs
   * @param settings every setting, without secrets
   * @param accounts who may use it
   * @param explanations tells what they may do
   */
  public record Place(
      String localName,
      String data,
      ClusterSettings cluster,
      List<Setting> settings,
      DirectoryEditor accounts,
      Explanations explanations) {
    /** Copies the list. */
    public Place {
      settings = List.copyOf(settings);
    }
  }

  /**
   * How a refusal is told.
   *
   * @param requestId what the log calls the request
   */
  record Failure(String code, String message, String requestId) {}

  /**
   * An interface to a store.
   *
   * @param providers names of the providers of buckets beside it
   */
  public AdminServlet(
      Storage storage,
      Set<String> providers,
      Place place,
      Authentication authentication,
      Permission permission) {
    this.authentication = authentication;
    this.permission = permission;
    this.jobs = new Jobs(Clock.systemUTC());
    List<AdminRoute> all =
        new ArrayList<>(new BucketAdmin(storage, providers, json, place.localName()).routes());
    all.addAll(new PolicyAdmin(storage.buckets(), json).routes());
    all.addAll(new ClusterAdmin(place.cluster(), json).routes());
    all.addAll(new OperateAdmin(place.settings(), LogLevels.bound(), json).routes());
    all.addAll(new AccountAdmin(place.accounts(), storage.buckets(), json).routes());
    all.addAll(new RoleAdmin(place.accounts(), json).routes());
    all.addAll(new KeyAdmin(place.accounts(), json).routes());
    all.addAll(new UserPolicyAdmin(place.accounts(), place.explanations(), json).routes());
    all.addAll(new ObjectAdmin(storage, place).routes());
    all.addAll(new StoreAdmin(storage, jobs, json).routes());
    all.add(
        new AdminRoute(
            "GET",
            "/jobs",
            "All jobs that are known.",
            null,
            Jobs.Views.class,
            (request, parameters) -> jobs.views()));
    all.add(
        new AdminRoute(
            "GET",
            "/jobs/{id}",
            "A job as it stands.",
            null,
            Jobs.View.class,
            (request, parameters) -> jobs.view(parameters.get(0))));
    this.routes = List.copyOf(all);
    this.description = OpenApi.of(routes);
  }

  /** Whether a raw path, below the context, is one of the interface. */
  public static boolean serves(String rawPath) {
    return rawPath.startsWith(PREFIX + "/");
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      write(response, HttpServletResponse.SC_OK, answer(request));
    } catch (S3Exception e) {
      auditRefusal(request, e);
      write(
          response, e.code().status(), failure(response, e.code(), String.valueOf(e.getMessage())));
    } catch (IOException | RuntimeException e) {
      LOG.error("An administrator's request failed", e);
      S3ErrorCode code = S3ErrorCode.INTERNAL_ERROR;
      write(response, code.status(), failure(response, code, code.defaultMessage()));
    }
  }

  private static Failure failure(HttpServletResponse response, S3ErrorCode code, String message) {
    return new Failure(
        code.wireCode(), message, String.valueOf(response.getHeader("x-amz-request-id")));
  }

  /** Who was turned away at the door; whoever came in has a line of their own. */
  private static void auditRefusal(HttpServletRequest request, S3Exception refusal) {
    if (request.getAttribute(AUDITED) == null) {
      // The path is raw: a control character cannot be in it.
      AUDIT.info(
          "{} {} {} refused {} {}",
          request.getAttribute(WHO) == null ? "-" : request.getAttribute(WHO),
          request.getMethod(),
          request.getRequestURI(),
          refusal.code().wireCode(),
          request.getRemoteAddr());
    }
  }

  private Object answer(HttpServletRequest request) throws IOException {
    Authenticated authenticated = authentication.of(request);
    Identity identity = authenticated.identity();
    request.setAttribute(WHO, identity.accessKeyId());
    if (identity.isAnonymous()) {
      throw S3ErrorCode.ACCESS_DENIED.exception("Requests to this interface are signed.");
    }
    boolean administrator = identity.role() == Identity.Role.ADMIN;
    List<String> path = path(request);
    if (administrator && path.equals(List.of("openapi.json"))) {
      return description;
    }
    for (AdminRoute route : routes) {
      Optional<List<String>> parameters = route.match(path);
      if (parameters.isPresent() && route.method().equals(request.getMethod())) {
        if (!administrator && route.audience() == AdminRoute.Audience.ADMINISTRATORS) {
          throw S3ErrorCode.ACCESS_DENIED.exception("This is for administrators.");
        }
        byte[] body = authenticated.body(request::getInputStream).readAll(MAX_BODY_BYTES);
        AdminRequest asked =
            new AdminRequest(
                request.getMethod(),
                path,
                QueryString.parse(request.getQueryString()),
                body,
                identity.canonicalId(),
                administrator,
                (operation, target) -> {
                  // What bounds a bucket's use through S3 hides it from no administrator.
                  if (!administrator) {
                    permission.require(request, authenticated, operation, target);
                  }
                });
        request.setAttribute(AUDITED, true);
        return audited(route, identity, asked, parameters.get());
      }
    }
    throw administrator
        ? S3ErrorCode.NO_SUCH_KEY.exception("There is no such resource.")
        : S3ErrorCode.ACCESS_DENIED.exception("This is for administrators.");
  }

  private static Object audited(
      AdminRoute route, Identity identity, AdminRequest request, List<String> parameters)
      throws IOException {
    String outcome = "failed";
    try {
      Object answer = route.handler().answer(request, parameters);
      outcome = "done";
      return answer;
    } finally {
      if (!route.reads()) {
        // Values are what an administrator wrote: control characters must not break the line.
        AUDIT.info(
            "{} {} {} {} {}",
            identity.accessKeyId(),
            route.method(),
            PercentCoding.encode(String.join("/", request.path()), "/"),
            outcome,
            request.body().length);
      }
    }
  }

  private static List<String> path(HttpServletRequest request) {
    String raw = request.getRequestURI();
    String rest = raw.substring(raw.indexOf(PREFIX) + PREFIX.length() + 1);
    List<String> segments = new ArrayList<>();
    for (String segment : rest.split("/", -1)) {
      segments.add(PercentCoding.decode(segment, PercentCoding.Plus.PLUS));
    }
    return segments;
  }

  private void write(HttpServletResponse response, int status, Object value) throws IOException {
    byte[] bytes = json.writeValueAsBytes(value);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Length", Integer.toString(bytes.length));
    response.getOutputStream().write(bytes);
  }

  @Override
  public void destroy() {
    jobs.close();
  }
}
