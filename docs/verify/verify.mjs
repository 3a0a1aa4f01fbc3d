#!/usr/bin/env node
// Checks whether a webhook was signed with your key. Requires only Node.js.
//
//   WEBHOOK_SIGNING_KEY=... node verify.mjs TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body
import { buffer } from "node:stream/consumers";

// region verify
import { createHmac, timingSafeEqual } from "node:crypto";

/** Returns whether key signed body (a Buffer) within maxAge seconds of now (0: at any time). */
function verify(key, timestamp, body, signature, maxAge = 300) {
  const expected = Buffer.from(
    createHmac("sha256", key).update(`${timestamp},`).update(body).digest("hex"),
  );
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return maxAge === 0 || Math.abs(Date.now() / 1000 - Number(timestamp)) <= maxAge;
}
// endregion

const key = process.env.WEBHOOK_SIGNING_KEY;
const [timestamp, signature, maxAge = "300", ...more] = process.argv.slice(2);
if (!key || signature === undefined || !/^[0-9]{1,9}$/.test(maxAge) || more.length > 0) {
  console.error(
    "usage: WEBHOOK_SIGNING_KEY=... node verify.mjs TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body",
  );
  process.exit(2);
}
const body = await buffer(process.stdin);
if (verify(key, timestamp, body, signature, Number(maxAge))) {
  console.log("verified");
} else {
  const old = verify(key, timestamp, body, signature, 0);
  const why = `the timestamp is more than ${maxAge} s from now`;
  console.log("NOT verified:", old ? why : "the signature does not match");
  process.exitCode = 1;
}
