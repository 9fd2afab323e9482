"""The hooks that plain schemathesis runs with; `SCHEMATHESIS_HOOKS` names this module.

LOCKSTEP_TEST_AUTH is `digest` or `key` (with a user and a secret) or empty. A 400 whose text matches
LOCKSTEP_TEST_REFUSAL refuses valid data for what stands on the server: 404 and 409 are allowed that
by schemathesis itself, the status of APIs that use another is not.
"""

# pyright: basic
import os
import re
from typing import Any

import schemathesis
from requests import PreparedRequest
from requests.auth import AuthBase, HTTPDigestAuth
from schemathesis.openapi.checks import RejectedPositiveData

AUTH = os.environ.get("LOCKSTEP_TEST_AUTH", "")
USER = os.environ.get("LOCKSTEP_TEST_USER", "")
SECRET = os.environ.get("LOCKSTEP_TEST_SECRET", "")
REFUSAL = re.compile(os.environ.get("LOCKSTEP_TEST_REFUSAL", r"(?!)"))


class Key(AuthBase):
    """A key as it is, in Authorization."""

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """Put it on, unless the case has a value of its own."""
        r.headers.setdefault("Authorization", SECRET)
        return r


if AUTH:
    auth: Any = schemathesis.auth
    auth.set_from_requests(HTTPDigestAuth(USER, SECRET) if AUTH == "digest" else Key())


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Whether the failure stands."""
    refusable = isinstance(failure, RejectedPositiveData) and response.status_code == 400
    return not (refusable and REFUSAL.search(response.text))
