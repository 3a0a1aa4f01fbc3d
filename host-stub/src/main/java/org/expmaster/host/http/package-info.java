/**
 * The server: sockets, the table of routes, who may call what, bodies, and the form of an error.
 *
 * <p>The only room that knows Jetty and Jackson. Must not know what stands behind a route, nor how
 * one logs in: whose token something is, it is told by a function.
 */
package org.expmaster.host.http;
