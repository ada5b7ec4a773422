package io.sluice.web;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.storage.NotModifiedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that turns a failure into an answer. Once a response is committed the connection
 * is broken instead, so that a cut body never passes for a whole one. Thread-safe.
 */
final class ErrorFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ErrorFilter.class);

  private final transient Refusals refusals;

  ErrorFilter(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (NotModifiedException e) {
      refusals.notModified(e.info(), response);
    } catch (S3Exception e) {
      answer(e, request, response);
    } catch (ConnectionException e) {
      LOG.debug("The client of {} went away", request.getRequestURI(), e);
      answer(
          S3ErrorCode.REQUEST_TIMEOUT.exception(S3ErrorCode.REQUEST_TIMEOUT.defaultMessage(), e),
          request,
          response);
    } catch (IOException | ServletException | RuntimeException e) {
      answer(
          S3ErrorCode.INTERNAL_ERROR.exception(S3ErrorCode.INTERNAL_ERROR.defaultMessage(), e),
          request,
          response);
    }
  }

  private void answer(S3Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = Exchange.of(request);
    if (exchange.errorCode().peek().isEmpty()) {
      exchange.errorCode().set(e.code().wireCode());
    }
    if (e.status() == S3ErrorCode.NOT_IMPLEMENTED.status()) {
      LOG.debug("{} {}: {}", request.getMethod(), request.getRequestURI(), e.message());
    } else if (e.status() >= 500) {
      LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    }
    if (response.isCommitted()) {
      throw new BrokenOffException();
    }
    refusals.write(e, request, response);
  }

  /** Makes the container break the connection; it says nothing and costs nothing. */
  private static final class BrokenOffException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenOffException() {
      super("broken off after the response was committed");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
