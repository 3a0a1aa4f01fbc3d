/**
 * A small master that runs: the command line, and {@link org.expmaster.host.Master}, the one class
 * that wires everything together.
 *
 * <p>Depends on every other package; no other package depends on it.
 */
package org.expmaster.host;
