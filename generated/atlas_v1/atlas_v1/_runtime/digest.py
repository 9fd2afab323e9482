# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""HTTP Digest authentication: RFC 7616, and the form of RFC 2069 where a challenge has no ``qop``.

A challenge is kept for each origin, so only the first call meets a 401; calls that start together
wait for the first one's challenge, and nonce counts are handed out under a lock. A call whose nonce
went stale answers its own new challenge, once, so even nonces for a single use do; calls after it
share the first such challenge. What was refused is sent again with its body.
"""

import hashlib
import os
from collections.abc import Callable, Generator, Mapping
from threading import Lock

from .auth import Auth, Flow, Move, answered
from .baton import Baton, pauses
from .challenge import Challenge, parse_challenges, parse_parameters
from .messages import Request, Response
from .upload import Upload
from .uri import encode

_MAKE: dict[str, Callable[[bytes], str]] = {
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
    "SHA-256": lambda data: hashlib.sha256(data).hexdigest(),
}


class _Session:
    """One nonce, and how often it was used; ``proved`` once the server took it."""

    __slots__ = ("_count", "_lock", "algorithm", "challenge", "cnonce", "nonce", "proved", "qop")

    def __init__(self, challenge: Challenge) -> None:
        self.challenge = challenge
        self.nonce = challenge.parameters["nonce"]
        self.algorithm = _algorithm(challenge)
        self.qop = _qop(challenge)
        self.cnonce = os.urandom(16).hex()
        self.proved = False
        self._count = 0
        self._lock = Lock()

    def next_count(self) -> str:
        """The next nonce count, eight hexadecimal digits."""
        with self._lock:
            self._count += 1
            return f"{self._count:08x}"


class Digest(Auth):
    """Username and password for HTTP Digest."""

    interactive = True

    def __init__(self, username: str, password: str) -> None:
        self.username = username
        self._password = password
        self._sessions: dict[str, _Session] = {}
        self._unasked: set[str] = set()
        self._baton = Baton()
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"Digest({self.username!r}, ***)"

    def flow(self, request: Request) -> Flow:
        """Send with the nonce at hand, if any, and answer what the server asks for."""
        response, session = yield from self._opening(request)
        for _ in range(1 if session else 2):
            challenge = _digest_challenge(response) if response.status == 401 else None
            if challenge is None or (session is not None and _refused(session, challenge)):
                break
            session = self._replace(request.origin, session, challenge)
            response = answered((yield self._signed(request, session)))
            self._note(request.origin, session, response)
        return response

    def _opening(
        self, request: Request
    ) -> Generator[Move, Response | None, tuple[Response, _Session | None]]:
        """The first answer: signed, or asking for a signature, once for many calls at a time."""
        origin = request.origin
        for pause in pauses():
            session = self._sessions.get(origin)
            if session is not None:
                response = answered((yield self._signed(request, session)))
                self._note(origin, session, response)
                return response, session
            if origin in self._unasked:
                return answered((yield request)), None
            if self._baton.take(origin):
                # Another thread may have been answered between the look above and the taking.
                if origin not in self._sessions and origin not in self._unasked:
                    return (yield from self._first(request)), None
                self._baton.give(origin)
                continue
            yield pause
        raise AssertionError("pauses never end")

    def _first(self, request: Request) -> Generator[Move, Response | None, Response]:
        try:
            response = answered((yield request))
            challenge = _digest_challenge(response) if response.status == 401 else None
            if challenge is None:
                self._unasked.add(request.origin)
            else:
                self._replace(request.origin, None, challenge)
            return response
        finally:
            self._baton.give(request.origin)

    def _replace(self, origin: str, used: _Session | None, challenge: Challenge) -> _Session:
        """The session of a nonce, kept for later calls unless another call was quicker."""
        with self._lock:
            held = self._sessions.get(origin)
            if held is not None and held.nonce == challenge.parameters["nonce"]:
                return held
            session = _Session(challenge)
            if held in (None, used):
                self._sessions[origin] = session
            return session

    def _note(self, origin: str, session: _Session, response: Response) -> None:
        if response.status == 401:
            return
        session.proved = True
        # https://www.rfc-editor.org/rfc/rfc7616#section-3.5
        info = response.headers.get("authentication-info")
        nonce = info and parse_parameters(info).get("nextnonce")
        if nonce:
            parameters = {**session.challenge.parameters, "nonce": nonce}
            renewed = self._replace(origin, session, Challenge("digest", parameters))
            renewed.proved = True

    def _signed(self, request: Request, session: _Session) -> Request:
        count = session.next_count() if session.qop else ""
        return request.with_header("authorization", self._credentials(request, session, count))

    def _credentials(self, request: Request, session: _Session, count: str) -> str:
        # https://www.rfc-editor.org/rfc/rfc7616#section-3.4.1
        given = session.challenge.parameters
        digest = _MAKE[session.algorithm.removesuffix("-SESS")]
        realm = given.get("realm", "")
        secret = digest(f"{self.username}:{realm}:{self._password}".encode())
        if session.algorithm.endswith("-SESS"):
            secret = digest(f"{secret}:{session.nonce}:{session.cnonce}".encode())
        action = f"{request.method}:{request.target}"
        if session.qop == "auth-int":
            body = request.body
            whole = b"".join(body.pieces()) if isinstance(body, Upload) else body
            action = f"{action}:{digest(whole)}"
        between = [count, session.cnonce, session.qop] if session.qop else []
        proof = [secret, session.nonce, *between, digest(action.encode())]
        fields = [
            *_user_fields(self.username, realm, given, digest),
            f"realm={_quoted(realm)}",
            f"nonce={_quoted(session.nonce)}",
            f"uri={_quoted(request.target)}",
            f'response="{digest(":".join(proof).encode())}"',
        ]
        return "Digest " + ", ".join([*fields, *_session_fields(session, count)])


def _refused(session: _Session, challenge: Challenge) -> bool:
    """Whether a server that got this session's credentials wants others than these."""
    stale = challenge.parameters.get("stale", "").lower() == "true"
    return not stale and not session.proved


def _digest_challenge(response: Response) -> Challenge | None:
    """The first Digest challenge that can be answered; its order is the server's preference."""
    for challenge in parse_challenges(response.headers.get_all("www-authenticate")):
        supported = (
            challenge.scheme == "digest"
            and "nonce" in challenge.parameters
            and _algorithm(challenge).removesuffix("-SESS") in _MAKE
            and _qop(challenge) is not None
        )
        if supported:
            return challenge
    return None


def _algorithm(challenge: Challenge) -> str:
    return challenge.parameters.get("algorithm", "MD5").upper()


def _qop(challenge: Challenge) -> str | None:
    """The protection to use, empty for the form of RFC 2069, None when none offered is known."""
    offered = challenge.parameters.get("qop")
    if offered is None:
        return ""
    words = [word.strip().lower() for word in offered.split(",")]
    return next((word for word in ("auth", "auth-int") if word in words), None)


def _user_fields(
    username: str, realm: str, given: Mapping[str, str], digest: Callable[[bytes], str]
) -> list[str]:
    if given.get("userhash", "").lower() == "true":
        return [f'username="{digest(f"{username}:{realm}".encode())}"', "userhash=true"]
    if username.isascii():
        return [f"username={_quoted(username)}"]
    return [f"username*=UTF-8''{encode(username)}"]


def _session_fields(session: _Session, count: str) -> list[str]:
    given = session.challenge.parameters
    fields: list[str] = []
    if "algorithm" in given:
        fields.append(f"algorithm={given['algorithm']}")
    if session.qop:
        fields += [f"qop={session.qop}", f"nc={count}"]
    if session.qop or session.algorithm.endswith("-SESS"):
        fields.append(f'cnonce="{session.cnonce}"')
    if "opaque" in given:
        fields.append(f"opaque={_quoted(given['opaque'])}")
    return fields


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
