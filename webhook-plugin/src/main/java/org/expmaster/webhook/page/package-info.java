/**
 * The web page at {@code /det/webhooks}: its files and their HTTP headers.
 *
 * <p>Knows the master's routes and no other package of the plugin: the page gets its data from the
 * REST API, like any client. Its files are public; they contain no data. The page makes changes by
 * requests whose origin the master checks, which keeps the pages of other sites from sending them.
 */
package org.expmaster.webhook.page;
