"""The hook that lets plain schemathesis sign in with Digest; `SCHEMATHESIS_HOOKS` names it."""

# pyright: basic
import os
from typing import Any

import schemathesis
from requests.auth import HTTPDigestAuth

auth: Any = schemathesis.auth
name, secret = os.environ["LOCKSTEP_TEST_USER"], os.environ["LOCKSTEP_TEST_SECRET"]
auth.set_from_requests(HTTPDigestAuth(name, secret))
