package io.sluice.web.logging;

import io.sluice.auth.Identity;
import io.sluice.auth.member.Member;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes records of requests that have ended. Stateless. */
public final class AccessRecords {
  /** Set on requests that visit a website. */
  public static final String WEBSITE = AccessRecords.class.getName() + ".website";

  private AccessRecords() {}

  /**
   * What the gateway knows of a request that ended.
   *
   * @param identity who sent it; null when that was not found out
   * @param errorCode null for success
   */
  public record Ended(
      S3Target target,
      @Nullable S3Operation operation,
      @Nullable Identity identity,
      String requestId,
      String hostId,
      @Nullable String errorCode,
      long sentBytes,
      Duration duration) {}

  /** The record of a request. */
  public static AccessRecord of(
      Ended ended, HttpServletRequest request, HttpServletResponse response) {
    AccessRecord.Outcome outcome =
        new AccessRecord.Outcome(
            response.getStatus(),
            ended.errorCode(),
            ended.sentBytes(),
            objectBytes(ended, request, response),
            ended.duration().toMillis(),
            response.getHeader("x-amz-version-id"),
            ended.requestId(),
            ended.hostId());
    return new AccessRecord(
        new AccessRecord.Asked(ended.target(), ended.operation()),
        outcome,
        client(ended.identity(), request),
        Instant.now().minus(ended.duration()));
  }

  private static AccessRecord.Client client(
      @Nullable Identity identity, HttpServletRequest request) {
    String query = request.getQueryString();
    String uri = query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    return new AccessRecord.Client(
        request.getRemoteAddr(),
        requester(identity),
        request.getMethod(),
        request.getAttribute(WEBSITE) == null ? "REST" : "WEBSITE",
        request.getMethod() + " " + uri + " " + request.getProtocol(),
        new AccessRecord.Headers(
            request.getHeader("Host"),
            request.getHeader("Referer"),
            request.getHeader("User-Agent")),
        signing(request));
  }

  /** An account by its canonical id, and whoever is in one by their ARN; null for nobody. */
  private static @Nullable String requester(@Nullable Identity identity) {
    if (identity == null || identity.isAnonymous()) {
      return null;
    }
    return identity.member() instanceof Member.Root
        ? identity.canonicalId()
        : identity.member().arn(identity.canonicalId());
  }

  private static AccessRecord.Signing signing(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    String query = request.getQueryString() == null ? "" : "&" + request.getQueryString();
    String version = null;
    String type = null;
    if (header != null) {
      version = header.startsWith("AWS4-") ? "SigV4" : "SigV2";
      type = "AuthHeader";
    } else if (query.contains("&X-Amz-Signature=")) {
      version = "SigV4";
      type = "QueryString";
    } else if (query.contains("&Signature=")) {
      version = "SigV2";
      type = "QueryString";
    }
    return new AccessRecord.Signing(
        version,
        type,
        text(request.getAttribute("jakarta.servlet.request.cipher_suite")),
        text(request.getAttribute("jakarta.servlet.request.secure_protocol")));
  }

  private static @Nullable String text(@Nullable Object attribute) {
    return attribute instanceof String text ? text : null;
  }

  /** The size of the object that was read or written; -1 when nothing tells it. */
  private static long objectBytes(
      Ended ended, HttpServletRequest request, HttpServletResponse response) {
    S3Operation operation = ended.operation();
    if (operation == null || response.getStatus() >= 300) {
      return -1;
    }
    return switch (operation) {
      case GET_OBJECT -> {
        String range = response.getHeader("Content-Range");
        yield range == null ? ended.sentBytes() : number(range.substring(range.indexOf('/') + 1));
      }
      case HEAD_OBJECT -> number(response.getHeader("Content-Length"));
      case PUT_OBJECT, UPLOAD_PART -> {
        String decoded = request.getHeader("x-amz-decoded-content-length");
        yield number(decoded == null ? request.getHeader("Content-Length") : decoded);
      }
      default -> -1;
    };
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
