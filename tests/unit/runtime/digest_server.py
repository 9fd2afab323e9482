"""A server that demands Digest authentication, written from RFC 7616, not from the client."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from threading import Lock

from generator.runtime import Request, Response
from tests.unit.runtime.probe import answer

USER, SECRET, REALM = "Mufasa", "Circle of Life", 'atlas, "the" realm'


class DigestServer:
    """Checks every field of the credentials; ``wear`` is how often a nonce may be used.

    ``slow`` is how long a challenge takes; with ``announce`` each answer names the next nonce.
    """

    def __init__(
        self,
        algorithm: str | None = "MD5",
        qop: str | None = "auth",
        wear: int = 1000,
        *,
        slow: float = 0.0,
        announce: bool = False,
    ) -> None:
        self.algorithm = algorithm
        self.qop = qop
        self.wear = wear
        self.slow = slow
        self.announce = announce
        self.challenges = 0
        self._nonces = 0
        self.counts: set[tuple[str, str]] = set()
        self._uses: dict[str, int] = {}
        self._lock = Lock()

    def forget(self) -> None:
        """Every nonce so far is stale."""
        with self._lock:
            self._uses = dict.fromkeys(self._uses, self.wear)

    def __call__(self, request: Request) -> Response:
        if self.slow and "authorization" not in request.headers:
            time.sleep(self.slow)
        with self._lock:
            given = dict(_fields(request.headers.get("authorization", "")))
            if not given:
                return self._challenge(stale=False)
            if self._uses.get(given["nonce"], self.wear) >= self.wear:
                return self._challenge(stale=True)
            return self._judge(request, given)

    def _judge(self, request: Request, given: dict[str, str]) -> Response:
        if given["response"] != self._expected(request, given) or given["username"] != USER:
            return self._challenge(stale=False)
        if self.qop is not None:
            use = (given["nonce"], given["nc"])
            if use in self.counts or given["qop"] not in self.qop:
                return answer(400, b'{"detail": "replayed"}')
            self.counts.add(use)
        self._uses[given["nonce"]] += 1
        if self.announce:
            return answer(
                200, b'{"name": "in"}', authentication_info=f'nextnonce="{self._new_nonce()}"'
            )
        return answer(200, b'{"name": "in"}')

    def _new_nonce(self) -> str:
        self._nonces += 1
        nonce = f"nonce-{self._nonces}"
        self._uses[nonce] = 0
        return nonce

    def _challenge(self, *, stale: bool) -> Response:
        self.challenges += 1
        nonce = self._new_nonce()
        realm = REALM.replace('"', '\\"')
        parts = [f'realm="{realm}"', f'nonce="{nonce}"', 'opaque="o"']
        parts += [f"algorithm={self.algorithm}"] if self.algorithm else []
        parts += [f'qop="{self.qop}"'] if self.qop else ['op="auth"']
        parts += ["stale=true"] if stale else []
        value = 'Basic realm="other", Digest ' + ", ".join(parts)
        return answer(401, b'{"detail": "no"}', www_authenticate=value)

    def _expected(self, request: Request, given: dict[str, str]) -> str:
        name = (self.algorithm or "MD5").lower()
        function = hashlib.sha256 if name.startswith("sha-256") else hashlib.md5

        def h(*words: str) -> str:
            return function(":".join(words).encode()).hexdigest()

        a1 = h(USER, REALM, SECRET)
        if name.endswith("-sess"):
            a1 = h(a1, given["nonce"], given["cnonce"])
        a2 = h(request.method, request.target)
        if given.get("qop") == "auth-int":
            a2 = h(request.method, request.target, function(request.body).hexdigest())
        if self.qop is None:
            return h(a1, given["nonce"], a2)
        return h(a1, given["nonce"], given["nc"], given["cnonce"], given["qop"], a2)


def _fields(value: str) -> Iterator[tuple[str, str]]:
    for name, quoted, plain in re.findall(r'(\w+\*?)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))', value):
        yield name, re.sub(r"\\(.)", r"\1", quoted) or plain
