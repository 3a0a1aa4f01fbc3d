package org.expmaster.webhook.rest;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.webhook.registry.Webhook;

/**
 * Selects webhooks from those that the caller may see.
 *
 * @param workspace the workspace to select, or none for webhooks for all workspaces; empty: any
 * @param after the last id of the previous page, 0 for the first page
 * @param limit maximum number of webhooks; empty: no maximum
 */
record ListParameters(Optional<OptionalLong> workspace, long after, OptionalLong limit) {
  private static final long DEFAULT_LIMIT = 100;
  private static final long MAX_LIMIT = 1_000;

  /**
   * Reads the parameters.
   *
   * @throws ApiException InvalidArgument, if a parameter is invalid; names it
   */
  static ListParameters of(Request request, Rights rights) {
    Optional<Long> cursor = QueryValues.number(request, "cursor", 1, Long.MAX_VALUE);
    Optional<Long> limit =
        QueryValues.number(request, "limit", 1, MAX_LIMIT)
            .or(() -> cursor.map(given -> DEFAULT_LIMIT));
    return new ListParameters(
        QueryValues.number(request, "workspaceId", 0, Long.MAX_VALUE)
            .map(id -> workspace(id, rights)),
        cursor.orElse(0L),
        limit.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  /** Answers the same for a workspace the caller may not see as for one that does not exist. */
  private static OptionalLong workspace(long id, Rights rights) {
    if (id == 0) {
      return OptionalLong.empty();
    }
    if (!rights.workspaces().containsKey(id)) {
      throw ApiException.invalid(
          "workspaceId is "
              + id
              + ", and must be a workspace whose webhooks you may see, or 0 for those of all"
              + " workspaces");
    }
    return OptionalLong.of(id);
  }

  /** Returns the selected webhooks, and one more if there are more. */
  List<Webhook> select(NavigableMap<Long, Webhook> webhooks, Rights rights) {
    Collection<Webhook> rest = webhooks.tailMap(after, false).values();
    return rest.stream()
        .filter(rights::maySee)
        .filter(webhook -> workspace.isEmpty() || workspace.get().equals(webhook.workspaceId()))
        .limit(limit.isEmpty() ? Long.MAX_VALUE : limit.getAsLong() + 1)
        .toList();
  }

  /** Whether the selection holds more than the limit. */
  boolean isMore(List<Webhook> selected) {
    return limit.isPresent() && selected.size() > limit.getAsLong();
  }
}
