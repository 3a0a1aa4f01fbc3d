/**
 * Requests that dice have written, to every route there is: whatever is sent, the answer is below
 * 500, an error has the one form that errors have, and the master goes on.
 */
package org.expmaster.host.fuzz;
