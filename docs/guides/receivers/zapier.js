const crypto = require("crypto");

// the keys, with blanks between them; old and new ones during a rotation
const keys = inputData.webhook_signing_key.split(/\s+/).filter(Boolean);
const given = Buffer.from(inputData.signature);
const matching = keys.filter((key) => {
  const signed = `${inputData.timestamp},${inputData.payload}`;
  const expected = Buffer.from(crypto.createHmac("sha256", key).update(signed).digest("hex"));
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
});
if (matching.length === 0) throw new Error("not verified: no key matches");

// an hour, because Zapier may run a step long after the request came
const age = Math.abs(Date.now() / 1000 - Number(inputData.timestamp));
if (age > 3600) throw new Error("not verified: the timestamp is more than an hour from now");

output = JSON.parse(inputData.payload);
