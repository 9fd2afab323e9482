"""httpx2 as the tests call it: so patient that no test depends on how busy the machine is."""

from __future__ import annotations

from functools import partial

import httpx2

SECONDS = 60.0

get = partial(httpx2.get, timeout=SECONDS)
post = partial(httpx2.post, timeout=SECONDS)
put = partial(httpx2.put, timeout=SECONDS)
Client = partial(httpx2.Client, timeout=SECONDS)
