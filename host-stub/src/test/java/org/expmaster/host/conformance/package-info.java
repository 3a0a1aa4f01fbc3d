/**
 * What a master with the plugin must do, over HTTP only: a test for each route of the REST API and
 * each matching rule. Runs against the packaged jars, or against any master that {@code
 * -Dconformance.url} names, so that the authors of other masters can check theirs.
 */
package org.expmaster.host.conformance;
