#!/bin/sh
# Checks the copies of a file with one link or code a line. CHUNGTHUC_URL and CHUNGTHUC_KEY say where and by which key.
# Usage: verify.sh codes.txt        (needs curl; the answers are JSON, a page of up to 1,000)
set -eu

items=$(sed 's/.*\/v\///; s/[^0-9A-Za-z-].*//; s/.*/{"code":"&"}/' "$1" | paste -s -d , -)
ask() { curl --silent --show-error --fail-with-body --header "Authorization: Bearer $CHUNGTHUC_KEY" "$@"; }
batches="$CHUNGTHUC_URL/api/v1/verification-batches"

# the key is the same for the same file, so that sending it again after a broken line opens no second batch
key=$(cksum <"$1" | tr ' ' -)
opened=$(printf '{"items":[%s]}' "$items" |
  ask --header 'Content-Type: application/json' --header "Idempotency-Key: $key" --data-binary @- "$batches")
id=$(printf '%s' "$opened" | sed 's/.*"id":"\([^"]*\)".*/\1/')

until ask "$batches/$id" | grep -q '"state":"done"'; do sleep 1; done
ask "$batches/$id/results?limit=1000"
echo
