/**
 * HTTP as a plugin sees it: routes, requests, responses, callers and errors.
 *
 * <p>The master owns the server, the session and the form of errors; a plugin owns the handlers of
 * its routes. This package depends on the JDK only.
 */
package org.expmaster.plugin.http;
