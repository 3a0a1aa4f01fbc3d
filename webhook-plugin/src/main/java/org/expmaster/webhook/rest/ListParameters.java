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
 * Which of the webhooks that someone may see are asked for.
 *
 * @param workspace of which workspace, or of none for those for all workspaces; empty: of any
 * @param after the last id of the page before, 0 for the first page
 * @param limit how many at most; empty: all
 */
record ListParameters(Optional<OptionalLong> workspace, long after, OptionalLong limit) {
  private static final long DEFAULT_LIMIT = 100;
  private static final long MAX_LIMIT = 1_000;

  /**
   * Reads them.
   *
   * @throws ApiException InvalidArgument, naming what is wrong
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

  /** Whoever may not see a workspace's webhooks is told what they would be told if it were none. */
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

  /** Those that are asked for, and one more if there are more. */
  List<Webhook> select(NavigableMap<Long, Webhook> webhooks, Rights rights) {
    Collection<Webhook> rest = webhooks.tailMap(after, false).values();
    return rest.stream()
        .filter(rights::maySee)
        .filter(webhook -> workspace.isEmpty() || workspace.get().equals(webhook.workspaceId()))
        .limit(limit.isEmpty() ? Long.MAX_VALUE : limit.getAsLong() + 1)
        .toList();
  }

  /** Whether these are more than were asked for. */
  boolean isMore(List<Webhook> selected) {
    return limit.isPresent() && selected.size() > limit.getAsLong();
  }
}
