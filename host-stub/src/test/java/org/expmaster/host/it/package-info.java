/** Tests that run the packaged jar in a process of its own. */
package org.expmaster.host.it;
