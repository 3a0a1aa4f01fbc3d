/**
 * Random requests to every route: whatever is sent, the status is below 500, every error has the
 * common form, and the master keeps running.
 */
package org.expmaster.host.fuzz;
