"""Floor 0: arithmetic of the wire that several floors need.

In come header values as text, out go frozen values and header values; no sockets, no clocks, no
state. What a peer sent malformed is `None` or skipped, never an exception.
"""

from generator.wire.challenge import Challenge, format_challenge, parse_challenges
from generator.wire.digest import (
    ALGORITHMS,
    DigestCredentials,
    digest_challenge,
    digest_response,
    ha1,
    user_hash,
    verify,
)
from generator.wire.link import Link, format_links, link_target, parse_links
from generator.wire.media import (
    AcceptRange,
    MediaType,
    covers,
    is_json,
    may_be_json,
    negotiate,
    parse_accept,
)
from generator.wire.prefer import parse_prefer
from generator.wire.retry import format_retry_after, parse_retry_after

__all__ = [
    "ALGORITHMS",
    "AcceptRange",
    "Challenge",
    "DigestCredentials",
    "Link",
    "MediaType",
    "covers",
    "digest_challenge",
    "digest_response",
    "format_challenge",
    "format_links",
    "format_retry_after",
    "ha1",
    "is_json",
    "link_target",
    "may_be_json",
    "negotiate",
    "parse_accept",
    "parse_challenges",
    "parse_links",
    "parse_prefer",
    "parse_retry_after",
    "user_hash",
    "verify",
]
