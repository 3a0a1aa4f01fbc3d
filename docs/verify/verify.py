#!/usr/bin/env python3
"""Checks whether a webhook was signed with one of your keys. Requires only Python 3.9 or later.

usage: WEBHOOK_KEYS="KEY ..." python3 verify.py TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body
"""
import os
import sys

# region verify
import hashlib
import hmac
import re
import time


def verify(keys: list[str], timestamp: str, body: bytes, signature: str, max_age: int = 300) -> bool:
    """Returns whether any key signed the raw body within max_age seconds of now (0: at any time)."""
    # else whoever captures a delivery could move its boundary: bodies have commas, too
    if not re.fullmatch("[0-9]{1,15}", timestamp):
        return False
    signed = timestamp.encode() + b"," + body
    expected = [hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in keys]
    if not any([hmac.compare_digest(one.encode(), signature.encode()) for one in expected]):
        return False
    return max_age == 0 or abs(time.time() - int(timestamp)) <= max_age
# endregion


def main(keys: list[str], timestamp=None, signature=None, max_age="300", *more: str) -> int:
    if not keys or signature is None or not re.fullmatch("[0-9]{1,9}", max_age) or more:
        print(__doc__.splitlines()[-1], file=sys.stderr)
        return 2
    body = sys.stdin.buffer.read()
    if verify(keys, timestamp, body, signature, int(max_age)):
        print("verified")
        return 0
    if verify(keys, timestamp, body, signature, 0):
        print(f"NOT verified: the timestamp is more than {max_age} s from now")
    else:
        print("NOT verified: the signature does not match")
    return 1


if __name__ == "__main__":
    sys.exit(main(os.environ.get("WEBHOOK_KEYS", "").split(), *sys.argv[1:]))
