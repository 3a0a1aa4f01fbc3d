// A receiver with the Standard Webhooks library, and Express.
//
//   WEBHOOK_KEYS="KEY ..." PORT=9000 node standard_webhooks.mjs
import express from "express";
import { Webhook } from "standardwebhooks";

/** Returns a key as the library wants it. One that begins with whsec_ already has that form. */
const secret = (key) => (key.startsWith("whsec_") ? key : `whsec_${Buffer.from(key).toString("base64")}`);

const keys = process.env.WEBHOOK_KEYS.split(/\s+/).filter(Boolean);
const webhooks = keys.map((key) => new Webhook(secret(key)));
const app = express();

app.post("/hook", express.raw({ type: () => true, limit: "1mb" }), (request, response) => {
  const verified = webhooks.some((webhook) => {
    try {
      webhook.verify(request.body, request.headers);
      return true;
    } catch {
      return false;
    }
  });
  if (!verified) return response.status(401).send("not verified");
  console.log("verified", JSON.parse(request.body).event_id);
  response.status(204).end();
});

app.listen(Number(process.env.PORT ?? 9000), "127.0.0.1");
