// A receiver in Rust. tiny_http has no time-out for bodies, and each that stalls holds a thread: for
// trying out, or behind a server that has one.
//
//   WEBHOOK_KEYS="KEY ..." PORT=9000 cargo run
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::io::Read;
use std::time::{SystemTime, UNIX_EPOCH};
use tiny_http::{Request, Response, Server};

/// Returns whether any key signed the raw body within max_age seconds of now.
fn verify(keys: &[&str], timestamp: &str, body: &[u8], signature: &str, max_age: u64) -> bool {
    // else whoever captures a delivery could move its boundary: bodies have commas, too
    let digits = timestamp.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || !(1..=15).contains(&timestamp.len()) {
        return false;
    }
    let Ok(signature) = hex::decode(signature) else { return false };
    let mut matches = false;
    for key in keys {
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any length will do");
        mac.update(timestamp.as_bytes());
        mac.update(b",");
        mac.update(body);
        matches |= mac.verify_slice(&signature).is_ok(); // in constant time
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970").as_secs();
    matches && timestamp.parse().map_or(false, |sent| now.abs_diff(sent) <= max_age)
}

fn header<'a>(request: &'a Request, name: &'static str) -> &'a str {
    let found = request.headers().iter().find(|header| header.field.equiv(name));
    found.map_or("", |header| header.value.as_str())
}

fn handle(keys: &[&str], mut request: Request) {
    let mut body = Vec::new(); // the raw bytes
    let read = request.as_reader().take(1_000_000).read_to_end(&mut body);
    let timestamp = header(&request, "X-Determined-AI-Signature-Timestamp");
    let signature = header(&request, "X-Determined-AI-Signature");
    let verified = read.is_ok() && verify(keys, timestamp, &body, signature, 300);
    if verified {
        println!("verified {} bytes", body.len());
    }
    let _ = request.respond(Response::empty(if verified { 204 } else { 401 }));
}

fn main() {
    let list = std::env::var("WEBHOOK_KEYS").expect("WEBHOOK_KEYS is set");
    let keys: Vec<&str> = list.split_whitespace().collect();
    let port = std::env::var("PORT").expect("PORT is set");
    let server = Server::http(format!("127.0.0.1:{port}")).expect("the port is free");
    std::thread::scope(|threads| {
        for request in server.incoming_requests() {
            threads.spawn(|| handle(&keys, request));
        }
    });
}
