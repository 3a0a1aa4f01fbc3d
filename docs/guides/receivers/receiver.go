// A receiver in Go, with verify.go beside it.
//
//	WEBHOOK_KEYS="KEY ..." PORT=9000 go run verify.go receiver.go
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	keys := strings.Fields(os.Getenv("WEBHOOK_KEYS"))
	http.HandleFunc("/hook", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1_000_000))
		if err != nil {
			http.Error(w, "not read", http.StatusBadRequest)
			return
		}
		timestamp := r.Header.Get("X-Determined-AI-Signature-Timestamp")
		signature := r.Header.Get("X-Determined-AI-Signature")
		if !verify(keys, timestamp, body, signature, 5*time.Minute) {
			http.Error(w, "not verified", http.StatusUnauthorized)
			return
		}
		fmt.Println("verified", len(body), "bytes")
		w.WriteHeader(http.StatusNoContent)
	})
	server := &http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), ReadTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}
