package org.expmaster.webhook.rest;

import org.expmaster.plugin.WebhookPermissions;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;

/** Asks the master, for each request anew, what its caller may do with webhooks. */
public final class Permissions {
  private final WebhookPermissions master;

  /** Asks this master. */
  public Permissions(WebhookPermissions master) {
    this.master = master;
  }

  /**
   * Returns the caller's rights; asks the master once, for any number of webhooks.
   *
   * @throws ApiException Unauthenticated, if the request has no caller
   */
  Rights rights(Request request) {
    return Rights.of(master.of(request.requireCaller()));
  }
}
