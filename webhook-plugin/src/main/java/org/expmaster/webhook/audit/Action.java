package org.expmaster.webhook.audit;

/** What somebody did. Names are stored and shown: do not rename. */
public enum Action {
  CREATED("created"),
  EDITED("edited"),
  DELETED("deleted"),
  ENABLED("enabled"),
  DISABLED("disabled"),
  SECRET_ROTATED("rotated the secret of"),
  REDELIVERED("redelivered to"),
  TESTED("tested"),
  /** The master's signing key, which concerns all webhooks. */
  KEY_ROTATED("rotated the master's signing key");

  private final String words;

  Action(String words) {
    this.words = words;
  }

  String words(long webhookId) {
    return webhookId == 0 ? words : words + " webhook " + webhookId;
  }
}
