package org.expmaster.webhook.advice;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the HTTP statuses of receivers mean, whatever service the receiver is. */
public final class StatusAdvice {
  private static final String PLAIN_HTTP = "400 of a TLS port, to http";
  private static final String PLAIN_BEHIND = "400 of a TLS port, to https";

  /**
   * What servers answer if a request without TLS comes to a port for TLS. Anchored to the form of
   * each, since other answers may quote the sentence.
   */
  private static final Pattern TLS_WANTED =
      Pattern.compile(
          "(?s)\\s*(<.*<title>400 The plain HTTP request was sent to HTTPS port" // nginx
              + "|<.*speaking plain HTTP to an SSL-enabled server port" // Apache
              + "|Client sent an HTTP request to an HTTPS server)"); // Go

  /** By what is seen: a status, or several. */
  static final Map<String, Advice> ALL = all();

  private StatusAdvice() {}

  /**
   * Returns the advice for an answer; empty if it is a success.
   *
   * @param isHttps whether the webhook's URL says https
   * @param response the beginning of the answer's body
   */
  public static Optional<Advice> of(boolean isHttps, int status, String response) {
    return status >= 200 && status <= 299
        ? Optional.empty()
        : Optional.of(ALL.get(seen(isHttps, status, response)));
  }

  private static String seen(boolean isHttps, int status, String response) {
    return switch (status) {
      case 400 -> badRequest(isHttps, response);
      case 422 -> "400, 422";
      case 301, 308 -> "301, 308";
      case 302, 303, 307 -> "302, 303, 307";
      case 401, 403, 404, 407, 408, 410, 413, 415, 429, 500, 503, 511 -> String.valueOf(status);
      case 405, 501 -> "405, 501";
      case 502, 504 -> "502, 504";
      case 520, 521, 522, 523, 524 -> "520 to 524";
      case 525, 526 -> "525, 526";
      default -> range(status);
    };
  }

  private static String badRequest(boolean isHttps, String response) {
    if (!TLS_WANTED.matcher(response).lookingAt()) {
      return "400, 422";
    }
    return isHttps ? PLAIN_BEHIND : PLAIN_HTTP;
  }

  private static String range(int status) {
    return switch (status / 100) {
      case 4 -> "other 4xx";
      case 5 -> "other 5xx";
      default -> "any other";
    };
  }

  private static Map<String, Advice> all() {
    Map<String, Advice> all = new LinkedHashMap<>();
    addRedirects(all);
    addRefusals(all);
    addMisroutes(all);
    addLimits(all);
    addServerErrors(all);
    return all;
  }

  private static void addRedirects(Map<String, Advice> all) {
    put(
        all,
        "301, 308",
        "The receiver has another URL for good: with https, with a slash at the end, with another"
            + " path or at another host. Redirects are not followed, since they could take the"
            + " payload anywhere.",
        "Set the webhook's URL to the one that the redirect points to. To see that in full, run"
            + " curl -i -d '{}' with the webhook's URL.");
    put(
        all,
        "302, 303, 307",
        "The server sends the request elsewhere: to a login page, or to the same address with"
            + " https. A webhook cannot log in, and redirects are not followed.",
        "If the redirect points to a login page, use a URL that takes a POST without one; otherwise"
            + " set the webhook's URL to the one that it points to. To see that in full, run curl -i"
            + " -d '{}' with the webhook's URL.");
  }

  private static void addRefusals(Map<String, Advice> all) {
    put(
        all,
        PLAIN_HTTP,
        "The port is for https, and the webhook's URL says http.",
        "Write https in the webhook's URL.");
    put(
        all,
        PLAIN_BEHIND,
        "A proxy before the receiver takes https and passes the request on as plain HTTP, to a port"
            + " that is for https.",
        "Let the proxy pass requests on with https (in nginx, proxy_pass https://…), or to the"
            + " receiver's port for plain HTTP.");
    put(
        all,
        "400, 422",
        "The receiver did not understand the payload.",
        "Compare the webhook's format and payload version with what the receiver expects; its"
            + " answer may say what it misses.");
    put(
        all,
        "401",
        "The receiver does not know who is asking: a token or a password is missing or wrong, or"
            + " it could not verify the signature.",
        "Copy the URL again from the receiver, and check the webhook's user, password and headers,"
            + " and the signing key that the receiver verifies with.");
    put(
        all,
        "403",
        "The receiver refuses the request: a token, a password or a signature is wrong, or a"
            + " firewall does not let the master through.",
        "Check the token in the URL, the webhook's user, password and headers, and the signing key"
            + " that the receiver verifies with, and let the master's address through.");
    put(
        all,
        "404",
        "The server has nothing at this path: the URL is incomplete, or what it led to was"
            + " deleted.",
        "Copy the URL again from the receiver, and make a new one there if it is gone.");
  }

  private static void addMisroutes(Map<String, Advice> all) {
    put(
        all,
        "405, 501",
        "What answers takes no POST: the URL is that of a page or of a file server, not of a"
            + " webhook.",
        "Use the URL that the receiver gives for webhooks.");
    put(
        all,
        "407",
        "The answer comes from a proxy that asks for credentials, and the master sends none to"
            + " proxies.",
        "Let the master through the proxy without credentials, or set webhooks.proxy to another"
            + " proxy.");
    put(
        all,
        "408",
        "The receiver, or a proxy before it, did not get the whole request in time.",
        "If this goes on, check the network and the proxy between the master and the receiver.");
  }

  private static void addLimits(Map<String, Advice> all) {
    put(
        all,
        "410",
        "The receiver says that the URL is gone for good. A delivery that gets this answer disables"
            + " its webhook, and the others wait.",
        "Set a URL that works, and enable the webhook.");
    put(
        all,
        "413",
        "The payload is larger than the receiver, or a proxy before it, takes.",
        "Raise that limit (in nginx, client_max_body_size); payloads have at most 256 KiB.");
    put(
        all,
        "415",
        "The receiver does not take the payload's content type.",
        "Make it take application/json or, for the format CLOUDEVENTS,"
            + " application/cloudevents+json.");
    put(
        all,
        "429",
        "The receiver gets more requests than it allows. If it sends a Retry-After header,"
            + " deliveries wait for as long as that says, at most an hour.",
        "If this goes on, raise the receiver's limit, or let the webhook fire less often.");
    put(
        all,
        "other 4xx",
        "The receiver refuses the request.",
        "Read its answer and its log; when it is repaired, redeliver what was given up.");
  }

  private static void addProxies(Map<String, Advice> all) {
    put(
        all,
        "511",
        "A network on the way wants a login before it lets requests through, and answered instead of"
            + " the receiver.",
        "Have that network let the master through without a login.");
    put(
        all,
        "520 to 524",
        "A service before the receiver, such as Cloudflare, answered, because it could not reach the"
            + " receiver or got no proper answer from it in time.",
        "Check that the receiver runs, answers in time, and lets that service through.");
    put(
        all,
        "525, 526",
        "A service before the receiver, such as Cloudflare, answered, because the TLS handshake with"
            + " the receiver failed or its certificate is not valid.",
        "Renew the certificate on the server of the receiver, or change that service's TLS"
            + " settings.");
  }

  private static void addServerErrors(Map<String, Advice> all) {
    put(
        all,
        "500",
        "The receiver's program failed.",
        "Look into the receiver's log at the time of the attempt.");
    put(
        all,
        "502, 504",
        "A proxy or load balancer answered, because it got no answer from the receiver behind it.",
        "Check that the receiver runs, and that the proxy leads to it and waits long enough.");
    put(
        all,
        "503",
        "The receiver is overloaded or down. If it sends a Retry-After header, deliveries wait for"
            + " as long as that says, at most an hour.",
        "Check that the receiver runs; deliveries go out when it is back.");
    addProxies(all);
    put(
        all,
        "other 5xx",
        "The receiver, or a server before it, could not process the request.",
        "Look into the receiver's log at the time of the attempt.");
    put(
        all,
        "any other",
        "This status does not mean that the delivery was accepted.",
        "Make the receiver answer with a 2xx status.");
  }

  private static void put(Map<String, Advice> all, String seen, String meaning, String remedy) {
    all.put(seen, new Advice(meaning, remedy));
  }
}
