/**
 * Masters, databases and receivers that die, hang and lie, and the promise that has to hold all the
 * same: what was committed is delivered at least once, what was rolled back never is.
 *
 * <p>Everything here is a process of its own or talks over a socket; nothing looks inside a master.
 */
package org.expmaster.host.chaos;
