import hashlib, hmac, json, re, time

names = ["payload", "timestamp", "signature", "webhook_signing_key"]
payload, timestamp, signature, keys = [input_data.get(name) or "" for name in names]
# else whoever captures a delivery could move its boundary: bodies have commas, too
if not re.fullmatch("[0-9]{1,15}", timestamp):
    raise ValueError("not verified: the timestamp is not a number")

signed = (timestamp + "," + payload).encode()
# the keys have blanks between them; old and new ones during a rotation
expected = [hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in keys.split()]
if not any([hmac.compare_digest(one.encode(), signature.encode()) for one in expected]):
    raise ValueError("not verified: no key matches")

# an hour, because Zapier may run a step long after the request came
if abs(time.time() - int(timestamp)) > 3600:
    raise ValueError("not verified: the timestamp is more than an hour from now")

output = json.loads(payload)
