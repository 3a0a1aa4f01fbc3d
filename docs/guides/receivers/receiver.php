<?php
// A receiver in PHP. Its own server is for trying out; it keeps any body in memory.
//
//   WEBHOOK_KEYS="KEY ..." php -S 127.0.0.1:9000 receiver.php

/** Returns whether any key signed the raw body within $maxAge seconds of now. */
function verify(array $keys, string $timestamp, string $body, string $signature, int $maxAge = 300): bool
{
    // else whoever captures a delivery could move its boundary: bodies have commas, too
    if (!preg_match('/^[0-9]{1,15}$/D', $timestamp)) {
        return false;
    }
    $matches = false;
    foreach ($keys as $key) {
        $expected = hash_hmac('sha256', "$timestamp,$body", $key);
        $matches = hash_equals($expected, $signature) || $matches;
    }
    return $matches && abs(time() - (int) $timestamp) <= $maxAge;
}

$keys = preg_split('/\s+/', getenv('WEBHOOK_KEYS'), -1, PREG_SPLIT_NO_EMPTY);
$timestamp = $_SERVER['HTTP_X_DETERMINED_AI_SIGNATURE_TIMESTAMP'] ?? '';
$signature = $_SERVER['HTTP_X_DETERMINED_AI_SIGNATURE'] ?? '';
$body = file_get_contents('php://input', false, null, 0, 1_000_001); // the raw bytes

if (strlen($body) > 1_000_000) {
    http_response_code(413);
} elseif (verify($keys, $timestamp, $body, $signature)) {
    error_log('verified ' . json_decode($body, true)['event_id']);
    http_response_code(204);
} else {
    http_response_code(401);
    echo 'not verified';
}
