/**
 * The page at {@code /det/webhooks}, in a real browser, on real deliveries.
 *
 * <p>Skipped where no Chromium is installed, except in continuous integration.
 */
package org.expmaster.host.page;
