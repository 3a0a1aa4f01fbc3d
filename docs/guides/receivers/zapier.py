import hashlib, hmac, json, time

# the keys, with blanks between them; old and new ones during a rotation
keys = input_data["webhook_signing_key"].split()
signed = (input_data["timestamp"] + "," + input_data["payload"]).encode()
expected = [hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in keys]
if not any([hmac.compare_digest(one, input_data["signature"]) for one in expected]):
    raise ValueError("not verified: no key matches")

# an hour, because Zapier may run a step long after the request came
if abs(time.time() - int(input_data["timestamp"])) > 3600:
    raise ValueError("not verified: the timestamp is more than an hour from now")

output = json.loads(input_data["payload"])
