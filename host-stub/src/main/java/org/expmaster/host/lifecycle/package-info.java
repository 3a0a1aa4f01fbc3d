/** What admins do to plugins while the master runs: REST routes, and the client of these routes. */
package org.expmaster.host.lifecycle;
