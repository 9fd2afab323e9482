"""The hooks that plain schemathesis runs with; `SCHEMATHESIS_HOOKS` names this module.

LOCKSTEP_TEST_AUTH is `digest` or `key` (with a user and a secret) or empty. LOCKSTEP_TEST_UNNAMED
names a member of bodies that is left out where it holds a UUID: it would name a thing by a key that
nobody gave out, which a server refuses with statuses that schemathesis takes for faults.
"""

# pyright: basic
import os
import uuid
from typing import Any

import schemathesis
from requests import PreparedRequest
from requests.auth import AuthBase, HTTPDigestAuth

AUTH = os.environ.get("LOCKSTEP_TEST_AUTH", "")
USER = os.environ.get("LOCKSTEP_TEST_USER", "")
SECRET = os.environ.get("LOCKSTEP_TEST_SECRET", "")
UNNAMED = os.environ.get("LOCKSTEP_TEST_UNNAMED", "")


class Key(AuthBase):
    """A key as it is, in Authorization."""

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """Put it on, unless the case has a value of its own."""
        r.headers.setdefault("Authorization", SECRET)
        return r


if AUTH:
    auth: Any = schemathesis.auth
    auth.set_from_requests(HTTPDigestAuth(USER, SECRET) if AUTH == "digest" else Key())


def _names(value: object) -> bool:
    try:
        uuid.UUID(str(value))
    except ValueError:
        return False
    return True


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Leave the naming member out."""
    if UNNAMED and isinstance(case.body, dict) and _names(case.body.get(UNNAMED)):
        case.body = {name: value for name, value in case.body.items() if name != UNNAMED}
