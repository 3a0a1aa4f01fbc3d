/**
 * What tests that cross a boundary need: a master in a process of its own, someone who talks to it,
 * and someone who receives what it sends.
 */
package org.expmaster.host.testing;
