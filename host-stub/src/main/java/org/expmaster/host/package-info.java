/**
 * A small, honest, runnable master: the command line, and {@link org.expmaster.host.Master}, the
 * one place where everything is wired together.
 *
 * <p>Knows every room; no room knows it, but for {@code demo}, which starts a whole master.
 */
package org.expmaster.host;
