/**
 * What a master with the plugin in it must do, over HTTP alone: a test for each row of the REST
 * interface and each rule of matching. Runs against the packaged jars, or against any master that
 * {@code -Dconformance.url} names, so that the authors of other masters can see where they stand.
 */
package org.expmaster.host.conformance;
