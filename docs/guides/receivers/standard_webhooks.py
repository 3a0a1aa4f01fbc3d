"""A receiver with the Standard Webhooks library, and Flask.

WEBHOOK_KEYS="KEY ..." PORT=9000 python3 standard_webhooks.py
"""
import base64
import os

from flask import Flask, request
from standardwebhooks import Webhook


def secret(key: str) -> str:
    """Returns a key as the library wants it. One that begins with whsec_ already has that form."""
    return key if key.startswith("whsec_") else "whsec_" + base64.b64encode(key.encode()).decode()


WEBHOOKS = [Webhook(secret(key)) for key in os.environ["WEBHOOK_KEYS"].split()]

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1_000_000


def verified(webhook: Webhook, body: bytes) -> bool:
    try:
        webhook.verify(body, dict(request.headers))
        return True
    except Exception:  # not only WebhookVerificationError, if a header or the body is malformed
        return False


@app.post("/hook")
def hook():
    body = request.get_data()  # the raw bytes
    if not any(verified(webhook, body) for webhook in WEBHOOKS):
        return "not verified", 401
    print("verified", request.get_json()["event_id"], flush=True)
    return "", 204


if __name__ == "__main__":
    # Flask's own server is for trying out: it has no time-out
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "9000")))
