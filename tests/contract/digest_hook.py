"""The hook that lets plain schemathesis sign in with Digest; `SCHEMATHESIS_HOOKS` names it."""

import os

from requests.auth import HTTPDigestAuth
from schemathesis.auths import GLOBAL_AUTH_STORAGE

name, secret = os.environ["LOCKSTEP_TEST_USER"], os.environ["LOCKSTEP_TEST_SECRET"]
GLOBAL_AUTH_STORAGE.set_from_requests(HTTPDigestAuth(name, secret))
