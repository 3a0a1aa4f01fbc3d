package org.expmaster.plugin.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Thrown to answer a request with an error. The master writes all errors, a plugin's too, as
 *
 * <pre>{"error":{"code":3,"reason":"InvalidArgument","error":"what is wrong"}}</pre>
 *
 * <p>which is the form Determined's clients read. Codes are gRPC's, as its REST gateway maps them.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The kinds of error, each with its HTTP status and gRPC code. */
  public enum Reason {
    /** A field is missing or wrong; the message names it. */
    INVALID_ARGUMENT(400, 3, "InvalidArgument"),
    /** There is no such resource, or the caller may not know that it exists. */
    NOT_FOUND(404, 5, "NotFound"),
    /** The caller is logged in but lacks the permission. */
    PERMISSION_DENIED(403, 7, "PermissionDenied"),
    /** The request is valid, but not in the current state of the resource. */
    FAILED_PRECONDITION(400, 9, "FailedPrecondition"),
    /** Someone else changed the resource in the meantime. */
    ABORTED(409, 10, "Aborted"),
    /** The version in {@code If-Match} is not the current one. */
    CHANGED_SINCE(412, 10, "Aborted"),
    /** The request's body is larger than the master accepts. */
    TOO_LARGE(413, 3, "InvalidArgument"),
    /** The caller, or all callers together, have reached a limit. */
    RESOURCE_EXHAUSTED(429, 8, "ResourceExhausted"),
    /** The path exists, but does not support this method. */
    METHOD_NOT_ALLOWED(405, 12, "Unimplemented"),
    /** A bug in the master or a plugin; the message reveals no internals. */
    INTERNAL(500, 13, "Internal"),
    /** The master's database, the plugin or something else that is needed is away at present. */
    UNAVAILABLE(503, 14, "Unavailable"),
    /** The caller is not logged in. */
    UNAUTHENTICATED(401, 16, "Unauthenticated");

    private final int status;
    private final int code;
    private final String wireName;

    Reason(int status, int code, String wireName) {
      this.status = status;
      this.code = code;
      this.wireName = wireName;
    }

    /** Returns the HTTP status. */
    public int status() {
      return status;
    }

    /** Returns the gRPC code. */
    public int code() {
      return code;
    }

    /** Returns the value of the JSON field {@code reason}. */
    public String wireName() {
      return wireName;
    }
  }

  private final Reason reason;
  private final Duration retryAfter;

  /**
   * @param reason the kind of error
   * @param message what is wrong, with which field, and what would be right; shown to the caller,
   *     so it must reveal no secrets or internals
   */
  public ApiException(Reason reason, String message) {
    this(reason, message, Duration.ZERO);
  }

  private ApiException(Reason reason, String message, Duration retryAfter) {
    super(Objects.requireNonNull(message, "message"));
    this.reason = Objects.requireNonNull(reason, "reason");
    this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
  }

  /** Returns the kind of error. */
  public Reason reason() {
    return reason;
  }

  /**
   * Returns the time after which the same request may succeed; empty if unknown. The master sends
   * it in the header {@code Retry-After}, in whole seconds, rounded up.
   */
  public Optional<Duration> retryAfter() {
    return Optional.of(retryAfter).filter(pause -> !pause.isZero() && !pause.isNegative());
  }

  /** Returns a 400 error: a field is missing or wrong. */
  public static ApiException invalid(String message) {
    return new ApiException(Reason.INVALID_ARGUMENT, message);
  }

  /** Returns a 404 error: there is no such resource. */
  public static ApiException notFound(String message) {
    return new ApiException(Reason.NOT_FOUND, message);
  }

  /** Returns a 403 error: the caller lacks the permission. */
  public static ApiException denied(String message) {
    return new ApiException(Reason.PERMISSION_DENIED, message);
  }

  /** Returns a 401 error: the caller is not logged in. */
  public static ApiException unauthenticated(String message) {
    return new ApiException(Reason.UNAUTHENTICATED, message);
  }

  /**
   * Returns a 429 error: a limit is reached.
   *
   * @param message which limit is reached, and what to do
   * @param retryAfter the time after which to try again, positive; see {@link #retryAfter()}
   */
  public static ApiException exhausted(String message, Duration retryAfter) {
    return new ApiException(Reason.RESOURCE_EXHAUSTED, message, retryAfter);
  }

  /**
   * Returns a 503 error: what the answer needs is away at present.
   *
   * @param message what is away, and what to do
   * @param retryAfter the time after which to try again, positive; see {@link #retryAfter()}
   */
  public static ApiException unavailable(String message, Duration retryAfter) {
    return new ApiException(Reason.UNAVAILABLE, message, retryAfter);
  }
}
