"""A receiver in FastAPI, with verify.py beside it.

WEBHOOK_KEYS="KEY ..." uvicorn fastapi_receiver:app --port 9000
"""
import json
import os

from fastapi import FastAPI, Request, Response

from verify import verify

KEYS = os.environ["WEBHOOK_KEYS"].split()

app = FastAPI()


@app.post("/hook")
async def hook(request: Request):
    body = b""  # the raw bytes
    async for chunk in request.stream():
        body += chunk
        if len(body) > 1_000_000:
            return Response("too large", status_code=413)
    verified = verify(
        KEYS,
        request.headers.get("X-Determined-AI-Signature-Timestamp", ""),
        body,
        request.headers.get("X-Determined-AI-Signature", ""),
    )
    if not verified:
        return Response("not verified", status_code=401)
    print("verified", json.loads(body)["event_id"], flush=True)
    return Response(status_code=204)
