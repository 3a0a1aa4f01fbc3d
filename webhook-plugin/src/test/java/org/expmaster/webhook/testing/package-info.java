/** Test support for several packages: real databases, clocks that tests set, fakes. */
package org.expmaster.webhook.testing;
