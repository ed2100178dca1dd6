"""Runs in an environment of its own: the PyPI package ``akismet`` against a server of ours.

``python akismet_driver.py BASE KEY``: one JSON line with what each call of both clients
answered. ``httpx`` hands every request to a hook first: that is all a site has to add.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import akismet
import httpx

BASE, KEY = sys.argv[1:3]
BLOG = "https://blog.example.org"
GOOD = {
    "comment_content": "A fine bridge, my children love it.",
    "comment_author": "Ada",
}
BAD = {"comment_content": "x", "comment_author": "akismet-guaranteed-spam"}
WORST = {
    "comment_content": "Cheap Viagra without prescription, order now at https://pills.example",
    "comment_author": "Best Pills",
    "comment_author_url": "https://pills.example",
    "honeypot_field_name": "comment_context",
    "comment_context": "a trap that only programs fill",
}


def rewrite(request: httpx.Request) -> None:
    """https://rest.akismet.com/1.1/… -> BASE/akismet/1.1/…, and the key where the package has
    none.
    """
    url = httpx.URL(f"{BASE}/akismet{request.url.raw_path.decode()}")
    if request.url.path.endswith("/key-sites"):
        url = url.copy_merge_params({"api_key": KEY})
    request.url = url
    request.headers["host"] = url.netloc.decode()


async def rewrite_async(request: httpx.Request) -> None:
    rewrite(request)


def sync_calls() -> dict[str, Any]:
    http = httpx.Client(event_hooks={"request": [rewrite]}, timeout=10)
    config = akismet.Config(key=KEY, url=BLOG)
    client = akismet.SyncClient.validated_client(config=config, http_client=http)
    found = {
        "verify": client.verify_key(KEY, BLOG),
        "wrong": client.verify_key("0" * 12, BLOG),
        "good": client.comment_check(user_ip="192.0.2.1", **GOOD).name,
        "bad": client.comment_check(user_ip="192.0.2.1", **BAD).name,
        "worst": client.comment_check(user_ip="192.0.2.1", **WORST).name,
        "spam": client.submit_spam(user_ip="192.0.2.1", **GOOD),
        "ham": client.submit_ham(user_ip="192.0.2.1", **GOOD),
        "sites": client.key_sites(),
        "csv": client.key_sites(result_format="csv"),
        "usage": client.usage_limit(),
    }
    unknown = akismet.Config(key="f" * 12, url=BLOG)
    try:
        akismet.SyncClient(config=unknown, http_client=http).comment_check("192.0.2.1", **GOOD)
    except akismet.APIKeyError:
        found["unknown"] = "APIKeyError"
    return found


async def async_calls() -> dict[str, Any]:
    http = httpx.AsyncClient(event_hooks={"request": [rewrite_async]}, timeout=10)
    config = akismet.Config(key=KEY, url=BLOG)
    async with akismet.AsyncClient(config=config, http_client=http) as client:
        return {
            "verify": await client.verify_key(KEY, BLOG),
            "good": (await client.comment_check(user_ip="192.0.2.1", **GOOD)).name,
            "bad": (await client.comment_check(user_ip="192.0.2.1", **BAD)).name,
            "spam": await client.submit_spam(user_ip="192.0.2.1", is_test=True, **BAD),
            "ham": await client.submit_ham(user_ip="192.0.2.1", is_test=True, **BAD),
            "worst": (await client.comment_check(user_ip="192.0.2.1", **WORST)).name,
            "sites": await client.key_sites(),
            "csv": await client.key_sites(result_format="csv"),
            "usage": await client.usage_limit(),
        }


print(json.dumps({"sync": sync_calls(), "async": asyncio.run(async_calls())}))
