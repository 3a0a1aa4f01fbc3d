"""A receiver in Flask, with verify.py beside it.

WEBHOOK_KEYS="KEY ..." PORT=9000 python3 flask_receiver.py
"""
import os

from flask import Flask, request

from verify import verify

KEYS = os.environ["WEBHOOK_KEYS"].split()

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1_000_000


@app.post("/hook")
def hook():
    verified = verify(
        KEYS,
        request.headers.get("X-Determined-AI-Signature-Timestamp", ""),
        request.get_data(),  # the raw bytes
        request.headers.get("X-Determined-AI-Signature", ""),
    )
    if not verified:
        return "not verified", 401
    print("verified", request.get_json()["event_id"], flush=True)
    return "", 204


if __name__ == "__main__":
    # Flask's own server is for trying out: it has no time-out
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "9000")))
