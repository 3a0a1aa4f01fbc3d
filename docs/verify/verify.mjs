#!/usr/bin/env node
// Checks whether a webhook was signed with one of your keys. Requires only Node.js.
//
//   WEBHOOK_KEYS="KEY ..." node verify.mjs TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body
import { realpathSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

// region verify
import { createHmac, timingSafeEqual } from "node:crypto";

/** Returns whether any key signed body (a Buffer) within maxAge seconds of now (0: at any time). */
export function verify(keys, timestamp, body, signature, maxAge = 300) {
  // else whoever captures a delivery could move its boundary: bodies have commas, too
  if (!/^[0-9]{1,15}$/.test(timestamp)) return false;
  const given = Buffer.from(signature);
  const matching = keys.filter((key) => {
    const hmac = createHmac("sha256", key).update(`${timestamp},`).update(body);
    const expected = Buffer.from(hmac.digest("hex"));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (matching.length === 0) return false;
  return maxAge === 0 || Math.abs(Date.now() / 1000 - Number(timestamp)) <= maxAge;
}
// endregion

async function main(timestamp, signature, maxAge = "300", ...more) {
  const keys = (process.env.WEBHOOK_KEYS ?? "").split(/\s+/).filter(Boolean);
  if (keys.length === 0 || signature === undefined || !/^[0-9]{1,9}$/.test(maxAge) || more.length > 0) {
    console.error(
      'usage: WEBHOOK_KEYS="KEY ..." node verify.mjs TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body',
    );
    return 2;
  }
  const body = await buffer(process.stdin);
  if (verify(keys, timestamp, body, signature, Number(maxAge))) {
    console.log("verified");
    return 0;
  }
  const old = verify(keys, timestamp, body, signature, 0);
  const why = `the timestamp is more than ${maxAge} s from now`;
  console.log("NOT verified:", old ? why : "the signature does not match");
  return 1;
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(...process.argv.slice(2));
}
