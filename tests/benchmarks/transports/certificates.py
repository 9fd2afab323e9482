"""Certificates made for a run with the openssl command: an authority and what it vouches for."""

from __future__ import annotations

import ssl
import subprocess
import tempfile
from functools import cache
from pathlib import Path


@cache
def certificates() -> Path:
    """An authority, and a server's certificate for 127.0.0.1 that it vouches for."""
    folder = Path(tempfile.mkdtemp(prefix="certificates"))
    (folder / "san").write_text("subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    for command in (
        f"req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=authority",
        f"req {key} -keyout server.key -out server.csr -subj /CN=127.0.0.1",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
        " -extfile san -out server.pem",
    ):
        done = ["openssl", *command.split()]
        subprocess.run(done, cwd=folder, check=True, capture_output=True, timeout=30)
    return folder


def server_context(folder: Path) -> ssl.SSLContext:
    """TLS of a server with the certificate in the folder."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context
