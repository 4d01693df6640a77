"""Checks the copies of a file with one link or code a line; standard library only.

Usage: CHUNGTHUC_URL=https://… CHUNGTHUC_KEY=ctk_… python3 verify.py codes.txt
"""

import hashlib
import json
import os
import sys
import time
import urllib.error
import urllib.request

BATCHES = os.environ["CHUNGTHUC_URL"] + "/api/v1/verification-batches"


def ask(address, body=None, headers=None):
    """The answer and its headers; waits and asks again where the service says so."""
    data = None if body is None else json.dumps(body).encode()
    all_headers = {"Authorization": "Bearer " + os.environ["CHUNGTHUC_KEY"], **(headers or {})}
    if data is not None:
        all_headers["Content-Type"] = "application/json"
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(address, data, all_headers)) as answer:
                return json.load(answer), answer.headers
        except urllib.error.HTTPError as refused:
            if refused.code not in (429, 503):
                problem = json.load(refused)
                sys.exit(f"{problem['code']}: {problem['titles']['en']}")
            time.sleep(int(refused.headers.get("Retry-After", "10")))


def main(path):
    with open(path, encoding="utf-8") as file:
        lines = [line.strip() for line in file if line.strip()]
    items = [{"link": line} if "/v/" in line else {"code": line} for line in lines]
    key = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    batch, headers = ask(BATCHES, {"items": items}, {"Idempotency-Key": key})
    address = f"{BATCHES}/{batch['id']}"
    while batch["state"] != "done":
        time.sleep(int(headers.get("Retry-After", "1")))
        batch, headers = ask(address)
    start = 0
    while start is not None:
        page, _ = ask(f"{address}/results?from={start}&limit=500")
        for result in page["results"]:
            copy = result["copy"] or {}
            print(result["outcome"], copy.get("number", "-"), copy.get("agency", {}).get("name", "-"), sep="\t")
        start = page["next"]


main(sys.argv[1])
