/**
 * Masters, databases and receivers that die, hang and misbehave, and the guarantee that must hold
 * all the same: what was committed is delivered at least once, what was rolled back never is.
 *
 * <p>Everything here is a separate process or talks over a socket; nothing looks inside a master.
 */
package org.expmaster.host.chaos;
