const crypto = require("crypto");

const { payload = "", timestamp = "", signature = "", webhook_signing_key = "" } = inputData;
// else whoever captures a delivery could move its boundary: bodies have commas, too
if (!/^[0-9]{1,15}$/.test(timestamp)) throw new Error("not verified: the timestamp is not a number");

// the keys, with blanks between them; old and new ones during a rotation
const keys = webhook_signing_key.split(/\s+/).filter(Boolean);
const given = Buffer.from(signature);
const matching = keys.filter((key) => {
  const signed = `${timestamp},${payload}`;
  const expected = Buffer.from(crypto.createHmac("sha256", key).update(signed).digest("hex"));
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
});
if (matching.length === 0) throw new Error("not verified: no key matches");

// an hour, because Zapier may run a step long after the request came
const age = Math.abs(Date.now() / 1000 - Number(timestamp));
if (age > 3600) throw new Error("not verified: the timestamp is more than an hour from now");

output = JSON.parse(payload);
