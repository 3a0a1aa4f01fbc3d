// Checks whether a webhook was signed with your key. Requires only Go.
//
//	WEBHOOK_SIGNING_KEY=... go run verify.go TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"
)

// region verify

// verify reports whether key signed the raw body within maxAge of now (0: at any time).
func verify(key, timestamp string, body []byte, signature string, maxAge time.Duration) bool {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(timestamp + ","))
	mac.Write(body)
	expected := hex.EncodeToString(mac.Sum(nil))
	if !hmac.Equal([]byte(expected), []byte(signature)) {
		return false
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	age := time.Since(time.Unix(seconds, 0))
	return err == nil && (maxAge == 0 || age.Abs() <= maxAge)
}

// endregion

func main() {
	key, args := os.Getenv("WEBHOOK_SIGNING_KEY"), append(os.Args[1:], "300")
	if key == "" || len(args) < 3 || len(args) > 4 {
		usage()
	}
	maxAge, err := strconv.ParseUint(args[2], 10, 30)
	if err != nil {
		usage()
	}
	body, err := io.ReadAll(os.Stdin)
	switch {
	case err != nil:
		fmt.Println("NOT verified:", err)
	case verify(key, args[0], body, args[1], time.Duration(maxAge)*time.Second):
		fmt.Println("verified")
		return
	case verify(key, args[0], body, args[1], 0):
		fmt.Printf("NOT verified: the timestamp is more than %d s from now\n", maxAge)
	default:
		fmt.Println("NOT verified: the signature does not match")
	}
	os.Exit(1)
}

func usage() {
	fmt.Fprintln(os.Stderr,
		"usage: WEBHOOK_SIGNING_KEY=... go run verify.go TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body")
	os.Exit(2)
}
