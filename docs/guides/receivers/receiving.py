"""A receiver that keeps each event once, with verify.py beside it. Requires only Python.

It does not bound the number of connections: for trying out, or behind a server that does.

WEBHOOK_KEYS="KEY ..." PORT=9000 python3 receiving.py events.db
"""
import json
import os
import re
import sqlite3
import sys
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from verify import verify

KEYS = os.environ["WEBHOOK_KEYS"].split()


def connect():
    return closing(sqlite3.connect(sys.argv[1], isolation_level=None))  # commits each statement


class Receiver(BaseHTTPRequestHandler):
    timeout = 10  # seconds without a byte

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,6}", length):  # below a megabyte
            self.answer(413 if length.isdigit() else 411)
            return
        body = self.rfile.read(int(length))
        timestamp = self.headers.get("X-Determined-AI-Signature-Timestamp", "")
        signature = self.headers.get("X-Determined-AI-Signature", "")
        if not verify(KEYS, timestamp, body, signature):
            self.answer(401)
            return
        event = json.loads(body)
        with connect() as db:
            db.execute(
                "INSERT INTO events VALUES (?, ?, ?) ON CONFLICT (event_id) DO NOTHING",
                (event["event_id"], event["timestamp"], body.decode()),
            )
        self.answer(204)  # only now: what is answered with 2xx is not sent again

    def answer(self, status: int):
        self.send_response(status)
        self.end_headers()


with connect() as db:
    db.execute(
        "CREATE TABLE IF NOT EXISTS events (event_id TEXT PRIMARY KEY, timestamp INTEGER, body TEXT)"
    )
port = int(os.environ.get("PORT", "9000"))
ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()
