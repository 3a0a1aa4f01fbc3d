/** Runs the code of {@code docs/guides}, as a reader would, with deliveries of the packaged jar. */
package org.expmaster.host.guides;
