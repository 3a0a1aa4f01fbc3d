package org.expmaster.webhook.rest;

import java.util.ArrayList;
import java.util.List;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookDraft;

/** Names the fields that an edit changes, without their values. */
final class EditedFields {
  private EditedFields() {}

  static String names(Webhook before, WebhookDraft after) {
    List<String> names = new ArrayList<>();
    add(names, "name", before.name(), after.name());
    add(names, "url", before.url(), after.url());
    add(names, "headers", before.endpoint().headers(), after.endpoint().headers());
    add(names, "format", before.form().type(), after.form().type());
    add(names, "payloadVersion", before.form().version(), after.form().version());
    add(names, "template", before.form().template(), after.form().template());
    add(names, "mode", before.mode(), after.mode());
    add(names, "workspaceId", before.workspaceId(), after.workspaceId());
    List<Trigger> triggers = before.triggers().stream().map(StoredTrigger::trigger).toList();
    add(names, "triggers", triggers, after.triggers());
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }

  private static void add(List<String> names, String name, Object before, Object after) {
    if (!before.equals(after)) {
      names.add(name);
    }
  }
}
