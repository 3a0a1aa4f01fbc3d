package org.expmaster.webhook.http;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.expmaster.webhook.advice.Advice;
import org.expmaster.webhook.http.Outcome.Kind;

/** What it means that no answer came. */
public final class UnansweredAdvice {
  private UnansweredAdvice() {}

  /**
   * Returns the advice for an attempt that was described so; empty if the description is unknown.
   *
   * @param problem what {@link Outcome#describe} returned, now or in an earlier version
   */
  public static Optional<Advice> of(String problem) {
    // earlier versions said the same and more; the longest words are the most precise
    return Arrays.stream(Kind.values())
        .filter(kind -> problem.startsWith(kind.words))
        .max(Comparator.comparing(kind -> kind.words.length()))
        .map(UnansweredAdvice::of);
  }

  static Advice of(Kind kind) {
    return switch (kind) {
      case UNKNOWN_HOST, REFUSED_ADDRESS, PROXY_FAILED -> beforeConnecting(kind);
      case CONNECT_REFUSED, CONNECT_TIMED_OUT, CONNECT_FAILED -> connecting(kind);
      case TLS_EXPIRED, TLS_NOT_YET_VALID, TLS_UNTRUSTED, TLS_OTHER_NAME, TLS_BAD_CERTIFICATE ->
          certificate(kind);
      case TLS_NOT_SPOKEN, TLS_EXPECTED, TLS_UNKNOWN_NAME -> wrongPort(kind);
      case TLS_TIMED_OUT, TLS_CLOSED, TLS_FAILED -> handshake(kind);
      case TIMED_OUT, CONNECTION_LOST, PROTOCOL_ERROR -> waiting(kind);
      case DISPLACED, TOO_LARGE, CUT_SHORT -> masters(kind);
    };
  }

  private static Advice beforeConnecting(Kind kind) {
    return switch (kind) {
      case UNKNOWN_HOST ->
          new Advice(
              "The name servers that the master asks know no address for the host in the URL.",
              "Correct the host in the webhook's URL. If other machines find it, check the DNS"
                  + " settings of the master's machine.");
      case REFUSED_ADDRESS ->
          new Advice(
              "The host is private, loopback, link-local or the master's own machine, which"
                  + " webhooks could otherwise be used to reach.",
              "Use a public address, or have the network added to webhooks.allowed_networks in the"
                  + " master's configuration; for the master's own machine that is 127.0.0.0/8 and"
                  + " ::1.");
      default ->
          new Advice(
              "All deliveries go through the proxy that webhooks.proxy names, and it cannot be"
                  + " found or does not accept connections.",
              "Check that the proxy runs, and correct webhooks.proxy in the master's"
                  + " configuration.");
    };
  }

  private static Advice connecting(Kind kind) {
    return switch (kind) {
      case CONNECT_REFUSED ->
          new Advice(
              "The host is there, but nothing listens on the port, or a firewall rejects the"
                  + " master.",
              "Start the receiver, and check the port in the webhook's URL.");
      case CONNECT_TIMED_OUT ->
          new Advice(
              "The host did not answer within webhooks.connect_timeout: it is down, or a firewall"
                  + " drops what the master sends.",
              "Check the host and the port in the webhook's URL, and let the master's address"
                  + " through the firewall.");
      default ->
          new Advice(
              "No route leads from the master to the host.",
              "Check the host in the webhook's URL, and the master's network.");
    };
  }

  private static Advice certificate(Kind kind) {
    return switch (kind) {
      case TLS_EXPIRED ->
          new Advice(
              "The certificate's time is over, or the clock of the master's machine is wrong.",
              "Renew the receiver's certificate, and restart what serves it.");
      case TLS_NOT_YET_VALID ->
          new Advice(
              "The certificate's time has not begun, which often means that a clock is wrong.",
              "Set the clock of the master's machine; if it is right, wait, or get a new"
                  + " certificate.");
      case TLS_UNTRUSTED ->
          new Advice(
              "The certificate is self-signed or from a private authority, or the receiver does not"
                  + " send the intermediate certificates.",
              "Serve the whole chain of a public authority, or import your authority into the trust"
                  + " store of the master's Java (keytool -importcert -cacerts) and restart the"
                  + " master.");
      case TLS_OTHER_NAME ->
          new Advice(
              "The certificate does not name the host in the URL, so whoever answers may be someone"
                  + " else.",
              "Write the host in the webhook's URL as the certificate has it, or get a certificate"
                  + " for this host.");
      default ->
          new Advice(
              "Java refuses the certificate, for instance for a weak key or signature, or because it"
                  + " is not meant for servers.",
              "Get a new certificate for the receiver: RSA with at least 2,048 bits or an elliptic"
                  + " curve, signed with SHA-256, for server authentication.");
    };
  }

  private static Advice wrongPort(Kind kind) {
    return switch (kind) {
      case TLS_NOT_SPOKEN ->
          new Advice(
              "The webhook's URL says https, and this port answers without TLS: with plain HTTP, or"
                  + " with another protocol, such as SSH or SMTP.",
              "Use the port that serves https. Write http in the webhook's URL only if you know that"
                  + " this port serves plain HTTP.");
      case TLS_EXPECTED ->
          new Advice("The port takes https only.", "Write https in the webhook's URL.");
      default ->
          new Advice(
              "What listens on the port serves TLS, but no site with the host name in the URL.",
              "Check the host and the port in the webhook's URL, or set up a site with this name"
                  + " and its certificate there.");
    };
  }

  private static Advice handshake(Kind kind) {
    return switch (kind) {
      case TLS_TIMED_OUT ->
          new Advice(
              "The receiver did not finish the handshake within webhooks.connect_timeout. Nothing of"
                  + " the delivery was sent.",
              "Check that the port in the webhook's URL serves https, and that what serves it is"
                  + " not overloaded.");
      case TLS_CLOSED ->
          new Advice(
              "Servers, load balancers and proxies do so if they serve no site with the host name in"
                  + " the URL, do not let the master through, or have no TLS version in common with"
                  + " it. Nothing of the delivery was sent.",
              "Check the host and the port in the webhook's URL, and look into the receiver's log"
                  + " at the time of the attempt.");
      default ->
          new Advice(
              "The master and the receiver have no TLS version or cipher in common, the receiver"
                  + " serves no site with the host name in the URL, or it asks for a client"
                  + " certificate, which the master does not have.",
              "Check the host in the webhook's URL, and let the receiver offer TLS 1.2 or 1.3 and"
                  + " ask for no client certificate.");
    };
  }

  private static Advice waiting(Kind kind) {
    return switch (kind) {
      case TIMED_OUT ->
          new Advice(
              "The receiver took longer than webhooks.request_timeout. It may have processed the"
                  + " delivery all the same, which then comes again with the same event_id.",
              "Let the receiver answer first and process afterwards.");
      case CONNECTION_LOST ->
          new Advice(
              "The receiver, or something on the way to it, closed the connection without an"
                  + " answer: it crashed, was restarted, or does not want this request. A port for"
                  + " https may also end plain HTTP so.",
              "Look into the receiver's log at the time of the attempt. If the webhook's URL says"
                  + " http, check whether the port is for https.");
      default ->
          new Advice(
              "What listens on the port does not speak HTTP/1.1, or its answer is broken or has"
                  + " a head without end.",
              "Check the port in the webhook's URL, and what listens there.");
    };
  }

  private static Advice masters(Kind kind) {
    return switch (kind) {
      case DISPLACED ->
          new Advice(
              "Very many receivers are slow at the same time, and this request was the oldest. It"
                  + " is repeated.",
              "Let receivers answer at once, or raise webhooks.max_slow in the master's"
                  + " configuration.");
      case TOO_LARGE ->
          new Advice(
              "The event has more text than a payload may have. It is not sent again, since it"
                  + " would not become smaller.",
              "Shorten what the event carries: the log line, the alert or the template.");
      default ->
          new Advice(
              "The master was stopping, or the webhook was just changed or disabled.",
              "Try again.");
    };
  }
}
