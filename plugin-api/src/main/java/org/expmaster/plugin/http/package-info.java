/**
 * HTTP as a plugin sees it: a route, a request, a response, the caller, and the errors.
 *
 * <p>The master owns the server, the session and the form of an error; a plugin owns what stands
 * behind its routes. This package knows only the JDK.
 */
package org.expmaster.plugin.http;
