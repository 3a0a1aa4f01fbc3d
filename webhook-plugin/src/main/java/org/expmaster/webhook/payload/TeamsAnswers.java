package org.expmaster.webhook.payload;

import java.util.List;
import java.util.Optional;

/**
 * What Teams answers: workflows with JSON that has an error code, and the connectors that workflows
 * replace with a sentence.
 */
final class TeamsAnswers {
  private static final String RATE = "Microsoft Teams endpoint returned HTTP error 429";
  private static final String FAILED = "Webhook message delivery failed with error";
  private static final String NO_SUMMARY = "Summary or Text is required";
  private static final String BAD_PAYLOAD = "Bad payload received by generic incoming webhook";

  private static final List<String> SENTENCES = List.of(RATE, FAILED, NO_SUMMARY, BAD_PAYLOAD);

  private static final String COPY =
      "Copy the whole URL again from the workflow's trigger, which anyone must be allowed to use.";

  private static final String NEW_WORKFLOW =
      "In Teams, make a workflow that starts when a Teams webhook request is received, and write its"
          + " URL into this webhook.";

  private TeamsAnswers() {}

  static KnownAnswers all() {
    KnownAnswers all = new KnownAnswers("Teams", TeamsAnswers::code);
    addWorkflows(all);
    addSignatures(all);
    addConnectors(all);
    addStatuses(all);
    return all;
  }

  private static Optional<String> code(String response) {
    return AnswerJson.value(response, "error", "code").or(() -> connectors(response.strip()));
  }

  /** A flow or a receiver of one's own may quote the sentences further on. */
  private static Optional<String> connectors(String response) {
    return response.startsWith(FAILED) && response.contains(RATE)
        ? Optional.of(RATE)
        : SENTENCES.stream().filter(response::startsWith).findFirst();
  }

  private static void addWorkflows(KnownAnswers all) {
    all.code(
            "TriggerInputSchemaMismatch",
            "The workflow's trigger has a schema that a message with an Adaptive Card does not"
                + " meet.",
            "Remove the schema from the trigger, or make a workflow that starts when a Teams"
                + " webhook request is received.")
        .code(
            "WorkflowTriggerIsNotEnabled",
            "The workflow is turned off, or was deleted.",
            "Turn it on in Power Automate. If it is gone, make a new one, and write its URL into this"
                + " webhook.")
        .code("WorkflowNotFound", "The workflow was deleted.", NEW_WORKFLOW);
  }

  private static void addSignatures(KnownAnswers all) {
    all.code(
            "DirectApiAuthorizationRequired",
            "The end of the URL, with sig=, is missing, or only people of the organisation may"
                + " trigger the workflow.",
            COPY)
        .code(
            "DirectApiInvalidAuthorizationScheme",
            "Power Automate does not accept the URL's signature: a part of the URL is missing, or"
                + " the organisation has turned such URLs off.",
            COPY + " If that does not help, ask who administers Power Automate.")
        .code(
            "AuthorizationFailed",
            "The URL's signature, in sp=, sv= and sig=, is wrong or incomplete.",
            COPY)
        .code(
            "DirectApiRequestHasMoreThanOneAuthorization",
            "The request has an Authorization header, and the URL's own signature does not allow"
                + " one.",
            "Remove user and password from this webhook's URL, and its header Authorization.");
  }

  private static void addConnectors(KnownAnswers all) {
    all.loss(
            RATE,
            "The URL is that of a connector, which took the message and lost it, since Teams got"
                + " too many. Its status says success, so the delivery is not repeated.",
            "Redeliver later. " + NEW_WORKFLOW)
        .loss(
            FAILED,
            "The URL is that of a connector, which took the message but could not post it. Its"
                + " status says success, so the delivery is not repeated.",
            NEW_WORKFLOW + " Then redeliver.")
        .code(
            NO_SUMMARY,
            "The URL is that of a connector, which did not find a message in what was sent.",
            NEW_WORKFLOW)
        .code(
            BAD_PAYLOAD,
            "The URL is that of a connector, which did not understand the message.",
            NEW_WORKFLOW);
  }

  private static void addStatuses(KnownAnswers all) {
    all.status(
            202,
            "The workflow has begun; whether it posted the card is not known here.",
            "If no card appears in Teams, look into the workflow's run history in Power Automate.")
        .status(
            400,
            "Power Automate did not take the message, or the workflow is turned off.",
            "Check that the workflow is on, and that it starts when a Teams webhook request is"
                + " received.")
        .status(401, "Power Automate does not accept the URL's signature (sig=).", COPY)
        .status(
            403,
            "The URL's signature (sig=) is wrong, or the workflow is turned off.",
            COPY + " Check that it is on.")
        .status(404, "There is no workflow at this URL: it was deleted or moved.", NEW_WORKFLOW)
        .status(
            410,
            "The workflow or the connector was deleted. This status disables this webhook.",
            NEW_WORKFLOW + " Then enable it.");
  }
}
