/**
 * Tools for tests that cross a process boundary: a master in a process of its own, a client that
 * uses it, and a receiver for what it sends.
 */
package org.expmaster.host.testing;
