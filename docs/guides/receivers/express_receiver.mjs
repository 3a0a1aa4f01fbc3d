// A receiver in Express, with verify.mjs beside it.
//
//   WEBHOOK_KEYS="KEY ..." PORT=9000 node express_receiver.mjs
import express from "express";
import { verify } from "./verify.mjs";

const keys = process.env.WEBHOOK_KEYS.split(/\s+/).filter(Boolean);
const app = express();

// raw, not json: the signature is over the bytes as they came
app.post("/hook", express.raw({ type: () => true, limit: "1mb" }), (request, response) => {
  const verified = verify(
    keys,
    request.get("X-Determined-AI-Signature-Timestamp") ?? "",
    request.body ?? Buffer.alloc(0), // undefined if there is none
    request.get("X-Determined-AI-Signature") ?? "",
  );
  if (!verified) return response.status(401).send("not verified");
  console.log("verified", JSON.parse(request.body).event_id);
  response.status(204).end();
});

app.listen(Number(process.env.PORT ?? 9000), "127.0.0.1");
