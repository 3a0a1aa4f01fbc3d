// Checks whether a webhook was signed with one of your keys. Requires only Go 1.19 or later.
//
//	WEBHOOK_KEYS="KEY ..." go run verify.go check.go TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body
package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

func main() {
	keys, args := strings.Fields(os.Getenv("WEBHOOK_KEYS")), append(os.Args[1:], "300")
	if len(keys) == 0 || len(args) < 3 || len(args) > 4 {
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
	case verify(keys, args[0], body, args[1], time.Duration(maxAge)*time.Second):
		fmt.Println("verified")
		return
	case verify(keys, args[0], body, args[1], 0):
		fmt.Printf("NOT verified: the timestamp is more than %d s from now\n", maxAge)
	default:
		fmt.Println("NOT verified: the signature does not match")
	}
	os.Exit(1)
}

func usage() {
	fmt.Fprintln(os.Stderr,
		"usage: WEBHOOK_KEYS=\"KEY ...\" go run verify.go check.go TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body")
	os.Exit(2)
}
