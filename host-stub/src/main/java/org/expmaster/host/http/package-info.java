/**
 * The HTTP server: sockets, the route table, access checks, bodies, and the form of errors.
 *
 * <p>The only package that knows Jetty and, except for {@code demo}, Jackson. Must not know the
 * handlers behind the routes, nor how users log in: a function maps tokens to callers.
 */
package org.expmaster.host.http;
