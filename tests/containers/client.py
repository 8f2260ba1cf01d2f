"""A program that uses the site the way anybody's does: HTTPS, the documented api, a token."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import requests

from .stack import Stack

VERDICT_SECONDS = 120
ACCOUNTS = ("python", "-m", "api", "accounts", "--write", "/tmp/accounts.json")  # noqa: S108


class Client:
    """One account. Every connection is checked against the authority of the stack."""

    def __init__(self, base_url: str, authority: Path, token: str | None = None) -> None:
        self.base_url = f"{base_url}/api/v1"
        self.session = requests.Session()
        self.session.verify = str(authority)
        # Whatever proxy the machine has, it is not for localhost.
        self.session.trust_env = False
        if token:
            self.session.headers["Authorization"] = f"Bearer {token}"

    @classmethod
    def of_demo_account(cls, stack: Stack, name: str) -> Client:
        return cls(stack.base_url, stack.authority, demo_accounts(stack)[name]["token"])

    def get(self, path: str, **query: str | int) -> dict[str, Any]:
        return self._answer(self.session.get(self.base_url + path, params=query, timeout=30))

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(self.session.post(self.base_url + path, json=body, timeout=30))

    def submit(self, problem: str, language: str, source: str) -> str:
        """Submit and return the id; the answer never waits for a judging."""
        body = {"problem": problem, "language": language, "source": source}
        submission_id: str = self.post("/submissions", body)["id"]
        return submission_id

    def finished(self, submission_id: str, seconds: float = VERDICT_SECONDS) -> dict[str, Any]:
        """The submission in its terminal state."""
        deadline = time.monotonic() + seconds
        while True:
            seen = self.get(f"/submissions/{submission_id}")
            if seen["state"] == "finished":
                return seen
            assert time.monotonic() < deadline, f"{submission_id} is still {seen['state']}"
            time.sleep(0.3)

    @staticmethod
    def _answer(answer: requests.Response) -> dict[str, Any]:
        assert answer.ok, f"{answer.url}: {answer.status_code} {answer.text[:500]}"
        body: dict[str, Any] = answer.json() if answer.content else {}
        return body


def demo_accounts(stack: Stack) -> dict[str, Any]:
    """The accounts that the seed made, with a fresh token each, as the api writes them."""
    api = stack.containers("api")[0]["Name"]
    stack.execute(api, *ACCOUNTS, "--base-url", stack.base_url)
    written = json.loads(stack.execute(api, "cat", ACCOUNTS[-1]))
    accounts: dict[str, Any] = written["accounts"]
    return accounts
