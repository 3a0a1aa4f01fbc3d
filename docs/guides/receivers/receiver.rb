# A receiver in Ruby. Requires the gem webrick; in Rack, Sinatra or Rails the body is
# request.body.read or request.raw_post.
#
#   WEBHOOK_KEYS="KEY ..." PORT=9000 ruby receiver.rb
require "json"
require "openssl"
require "webrick"

# Returns whether any key signed the raw body within max_age seconds of now.
def verify(keys, timestamp, body, signature, max_age: 300)
  # else whoever captures a delivery could move its boundary: bodies have commas, too
  return false unless timestamp.b.match?(/\A[0-9]{1,15}\z/)
  matching = keys.select do |key|
    expected = OpenSSL::HMAC.hexdigest("SHA256", key, "#{timestamp},".b + body.b)
    OpenSSL.secure_compare(expected, signature)
  end
  matching.any? && (Time.now.to_i - Integer(timestamp)).abs <= max_age
end

keys = ENV.fetch("WEBHOOK_KEYS").split
server = WEBrick::HTTPServer.new(BindAddress: "127.0.0.1", Port: ENV.fetch("PORT", "9000").to_i)
server.mount_proc "/hook" do |request, response|
  timestamp = request["X-Determined-AI-Signature-Timestamp"].to_s
  signature = request["X-Determined-AI-Signature"].to_s
  body = "".b # the raw bytes
  request.body do |chunk|
    body << chunk
    raise WEBrick::HTTPStatus::RequestEntityTooLarge if body.bytesize > 1_000_000
  end
  if verify(keys, timestamp, body, signature)
    puts "verified #{JSON.parse(body)['event_id']}"
    response.status = 204
  else
    response.status = 401
    response.body = "not verified"
  end
end
server.start
