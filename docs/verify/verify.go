// To verify that a webhook was signed with one of your keys. Requires only Go 1.19 or later.
// check.go tries it on a body in a file.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"time"
)

// region verify

// Any other timestamp is refused, else whoever captures a delivery could move its boundary: bodies
// have commas, too.
var digits = regexp.MustCompile(`^[0-9]{1,15}$`)

// verify reports whether any key signed the raw body within maxAge of now (0: at any time).
func verify(keys []string, timestamp string, body []byte, signature string, maxAge time.Duration) bool {
	if !digits.MatchString(timestamp) {
		return false
	}
	matches := false
	for _, key := range keys {
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write([]byte(timestamp + ","))
		mac.Write(body)
		expected := hex.EncodeToString(mac.Sum(nil))
		matches = hmac.Equal([]byte(expected), []byte(signature)) || matches
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	age := time.Since(time.Unix(seconds, 0))
	return matches && err == nil && (maxAge == 0 || age.Abs() <= maxAge)
}

// endregion
