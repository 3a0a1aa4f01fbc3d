"""A receiver that keeps each event once, with verify.py beside it. Requires only Python.

WEBHOOK_KEYS="KEY ..." PORT=9000 python3 receiving.py events.db
"""
import json
import os
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from verify import verify

KEYS = os.environ["WEBHOOK_KEYS"].split()

db = sqlite3.connect(sys.argv[1], isolation_level=None)  # commits each statement
db.execute(
    "CREATE TABLE IF NOT EXISTS events (event_id TEXT PRIMARY KEY, timestamp INTEGER, body TEXT)"
)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        timestamp = self.headers.get("X-Determined-AI-Signature-Timestamp", "")
        signature = self.headers.get("X-Determined-AI-Signature", "")
        if not verify(KEYS, timestamp, body, signature):
            self.answer(401)
            return
        event = json.loads(body)
        db.execute(
            "INSERT INTO events VALUES (?, ?, ?) ON CONFLICT (event_id) DO NOTHING",
            (event["event_id"], event["timestamp"], body.decode()),
        )
        self.answer(204)  # only now: what is answered with 2xx is not sent again

    def answer(self, status: int):
        self.send_response(status)
        self.end_headers()


HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9000"))), Receiver).serve_forever()
