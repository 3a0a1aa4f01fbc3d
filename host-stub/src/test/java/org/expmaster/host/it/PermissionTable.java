package org.expmaster.host.it;

import java.util.Arrays;
import java.util.List;

/** Which status each caller gets from each route, as data. */
final class PermissionTable {
  static final List<String> CALLERS =
      List.of("nobody", "stranger", "viewer", "editor", "owner", "admin");

  /**
   * The columns are {@link #CALLERS}, twice: for a webhook of the workspace in which they have
   * their roles, and for a webhook for all workspaces. Routes that know no webhook have them once.
   */
  private static final String ROWS =
      """
      GET webhooks                                  401 200 200 200 200 200
      GET webhooks/choices                          401 200 200 200 200 200
      GET webhooks/openapi.yaml                     200 200 200 200 200 200
      GET webhooks/audit                            401 403 403 403 403 200
      POST webhooks/preview                         401 200 200 200 200 200
      POST webhooks/custom                          401 200 200 200 200 200
      POST webhooks                                 401 403 403 200 200 200  401 403 403 403 403 200
      GET webhooks/{id}                             401 404 200 200 200 200  401 200 200 200 200 200
      PATCH webhooks/{id}                           401 404 403 200 200 200  401 403 403 403 403 200
      DELETE webhooks/{id}                          401 404 403 200 200 200  401 403 403 403 403 200
      POST webhooks/{id}/test                       401 404 403 200 200 200  401 403 403 403 403 200
      POST webhooks/{id}/disable                    401 404 403 200 200 200  401 403 403 403 403 200
      POST webhooks/{id}/enable                     401 404 403 200 200 200  401 403 403 403 403 200
      POST webhooks/{id}/redeliver                  401 404 403 200 200 200  401 403 403 403 403 200
      GET webhooks/{id}/secret                      401 404 403 200 200 200  401 403 403 403 403 200
      POST webhooks/{id}/secret/rotate              401 404 403 200 200 200  401 403 403 403 403 200
      GET webhooks/{id}/deliveries                  401 404 200 200 200 200  401 403 403 403 403 200
      GET webhooks/{id}/deliveries/{d}              401 404 200 200 200 200  401 403 403 403 403 200
      POST webhooks/{id}/deliveries/{d}/redeliver   401 404 403 200 200 200  401 403 403 403 403 200
      POST master/config/webhook_signing_key/rotate 401 403 403 403 403 200
      """;

  private PermissionTable() {}

  /**
   * A row.
   *
   * @param path the path below the API's own, with names in braces
   * @param own the statuses for a workspace's webhook, in the order of {@link #CALLERS}
   * @param global those for a webhook for all workspaces; none if the route knows no webhook
   */
  record Row(String method, String path, List<Integer> own, List<Integer> global) {
    /** Returns the route as the master lists it. */
    String route() {
      return method + " /api/v1/" + path.replace("{d}", "{deliveryId}");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static List<Row> rows() {
    return ROWS.lines().map(PermissionTable::row).toList();
  }

  private static Row row(String line) {
    String[] words = line.split(" +");
    List<Integer> statuses = Arrays.stream(words).skip(2).map(Integer::valueOf).toList();
    int callers = CALLERS.size();
    return new Row(
        words[0],
        words[1],
        statuses.subList(0, callers),
        statuses.subList(callers, statuses.size()));
  }
}
