/**
 * The page at {@code /det/webhooks}, in a real browser, with real deliveries.
 *
 * <p>Skipped if no Chromium is installed, except in continuous integration.
 */
package org.expmaster.host.page;
