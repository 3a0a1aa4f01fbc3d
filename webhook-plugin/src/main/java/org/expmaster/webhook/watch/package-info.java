/**
 * What operators watch: the backlog, the health of all webhooks together, and what somebody must
 * act on.
 *
 * <p>Looks periodically, so that reading a meter or a status costs nothing. Must not change
 * anything.
 */
package org.expmaster.webhook.watch;
