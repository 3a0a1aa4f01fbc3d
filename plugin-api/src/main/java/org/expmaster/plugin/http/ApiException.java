package org.expmaster.plugin.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A request is answered with an error. The master writes every error, its own and a plugin's, as
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
    /** There is no such thing, or the caller may not know that there is. */
    NOT_FOUND(404, 5, "NotFound"),
    /** The caller is known and may not. */
    PERMISSION_DENIED(403, 7, "PermissionDenied"),
    /** The request is right, but not in the present state of things. */
    FAILED_PRECONDITION(400, 9, "FailedPrecondition"),
    /** Someone else changed it meanwhile. */
    ABORTED(409, 10, "Aborted"),
    /** The version in If-Match is not the current one. */
    CHANGED_SINCE(412, 10, "Aborted"),
    /** The request's body is larger than the master reads. */
    TOO_LARGE(413, 3, "InvalidArgument"),
    /** The caller, or everyone together, asks for more than there is room for at present. */
    RESOURCE_EXHAUSTED(429, 8, "ResourceExhausted"),
    /** The path exists, but not for this method. */
    METHOD_NOT_ALLOWED(405, 12, "Unimplemented"),
    /** A defect of the master or a plugin; the message holds no internals. */
    INTERNAL(500, 13, "Internal"),
    /** Something behind the master does not answer at present. */
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

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The gRPC code. */
    public int code() {
      return code;
    }

    /** The name on the wire. */
    public String wireName() {
      return wireName;
    }
  }

  private final Reason reason;
  private final Duration retryAfter;

  /**
   * @param reason the kind of error
   * @param message what is wrong, with which field, and what would be right; shown to the caller,
   *     so without a secret or an internal
   */
  public ApiException(Reason reason, String message) {
    this(reason, message, Duration.ZERO);
  }

  private ApiException(Reason reason, String message, Duration retryAfter) {
    super(Objects.requireNonNull(message, "message"));
    this.reason = Objects.requireNonNull(reason, "reason");
    this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
  }

  /** The kind of error. */
  public Reason reason() {
    return reason;
  }

  /**
   * After how long the same request may be answered otherwise; empty where that cannot be said. The
   * master writes it as the header {@code Retry-After}, in whole seconds, rounded up.
   */
  public Optional<Duration> retryAfter() {
    return Optional.of(retryAfter).filter(pause -> !pause.isZero() && !pause.isNegative());
  }

  /** 400: a field is missing or wrong. */
  public static ApiException invalid(String message) {
    return new ApiException(Reason.INVALID_ARGUMENT, message);
  }

  /** 404: there is no such thing. */
  public static ApiException notFound(String message) {
    return new ApiException(Reason.NOT_FOUND, message);
  }

  /** 403: the caller may not. */
  public static ApiException denied(String message) {
    return new ApiException(Reason.PERMISSION_DENIED, message);
  }

  /** 401: the caller is not logged in. */
  public static ApiException unauthenticated(String message) {
    return new ApiException(Reason.UNAUTHENTICATED, message);
  }

  /**
   * 429: there is no room for it at present.
   *
   * @param message which limit is reached, and what to do
   * @param retryAfter when to try again, positive; see {@link #retryAfter()}
   */
  public static ApiException exhausted(String message, Duration retryAfter) {
    return new ApiException(Reason.RESOURCE_EXHAUSTED, message, retryAfter);
  }
}
