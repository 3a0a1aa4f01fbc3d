/** What several rooms' tests stand on: real databases, a clock that can be turned, fakes. */
package org.expmaster.webhook.testing;
