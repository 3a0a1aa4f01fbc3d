/**
 * The page at {@code /det/webhooks}: its files, and what a browser is told of them.
 *
 * <p>Knows the master's routes and nobody of ours: whatever the page shows it asks of REST, as
 * anyone might. The files can be read without a login; they say nothing. What the page changes it
 * changes by requests whose origin the master checks, which is what keeps other sites' pages from
 * sending them.
 */
package org.expmaster.webhook.page;
