/**
 * The REST API for webhooks, as Determined's clients call it.
 *
 * <p>Knows the master's routes, requests and errors, and JSON. Must not know SQL, nor how a
 * delivery is sent.
 */
package org.expmaster.webhook.rest;
