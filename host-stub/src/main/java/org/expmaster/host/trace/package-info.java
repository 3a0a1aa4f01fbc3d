/**
 * Distributed tracing: the spans of the master and of its plugins, by OpenTelemetry, written to the
 * log.
 *
 * <p>Must not know what is traced.
 */
package org.expmaster.host.trace;
