#!/usr/bin/env bash
# Checks whether a webhook was signed with one of your keys. Requires bash 3.2 or later and any openssl.
#
#   WEBHOOK_KEYS="KEY ..." ./verify.sh TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body
set -euo pipefail

# region verify
sha256() { openssl dgst -sha256 -binary; }
hex() { od -An -v -tx1 | tr -d ' \n'; }

# Written out as in RFC 2104: `openssl dgst -hmac KEY` would show the key to everyone who can run ps.
hmac_sha256() { # KEY, and the message on stdin
  local LC_ALL=C key inner='' outer='' i
  key=$(printf %s "$1" | if ((${#1} > 64)); then sha256; else cat; fi | hex)$(printf %0128d 0)
  for ((i = 0; i < 128; i += 2)); do
    printf -v inner '%s\\x%02x' "$inner" $((16#${key:i:2} ^ 0x36))
    printf -v outer '%s\\x%02x' "$outer" $((16#${key:i:2} ^ 0x5c))
  done
  { printf "$outer"; { printf "$inner"; cat; } | sha256; } | sha256 | hex
}

# Returns 0 if any KEY signed the body within MAX_AGE seconds of now (0: at any time),
# 1 if the signature does not match, 2 if the timestamp is too far from now.
verify() { # BODY_FILE TIMESTAMP SIGNATURE MAX_AGE KEY...
  local body=$1 timestamp=$2 signature=$3 max_age=$4 key expected age i differ match=1
  [[ $timestamp,$signature =~ ^[0-9]{1,15},[0-9a-f]{64}$ ]] || return 1
  for key in "${@:5}"; do
    expected=$({ printf '%s,' "$timestamp"; cat "$body"; } | hmac_sha256 "$key")
    [[ $expected =~ ^[0-9a-f]{64}$ ]] || return 1
    differ=0
    for ((i = 0; i < 64; i++)); do # always all 64, so that the time taken reveals nothing
      differ=$((differ | (16#${expected:i:1} ^ 16#${signature:i:1})))
    done
    ((differ == 0)) && match=0
  done
  ((match == 0)) || return 1
  age=$(($(date +%s) - 10#$timestamp))
  ((max_age == 0 || ${age#-} <= max_age)) || return 2
}
# endregion

set -f # a key may hold a *
keys=(${WEBHOOK_KEYS:-})
if ((${#keys[@]} == 0)) || [[ $# -lt 2 || $# -gt 3 || ! ${3:-300} =~ ^[0-9]{1,9}$ ]]; then
  echo "usage: WEBHOOK_KEYS=\"KEY ...\" $0 TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body" >&2
  exit 2
fi
max_age=$((10#${3:-300})) answer=0
body=$(mktemp)
trap 'rm -f "$body"' EXIT
cat >"$body"
verify "$body" "$1" "$2" "$max_age" "${keys[@]}" || answer=$?
case $answer in
  0) echo verified ;;
  2) echo "NOT verified: the timestamp is more than $max_age s from now" && exit 1 ;;
  *) echo "NOT verified: the signature does not match" && exit 1 ;;
esac
