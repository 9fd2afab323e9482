"""A headless Chromium, driven by its DevTools protocol: open a file, ask, click, take a picture."""

from __future__ import annotations

import base64
import itertools
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update --remote-debugging-port=0"
    " --window-size=1366,900"
).split()
_SECONDS = 60


def found() -> str | None:
    """Where the browser is, if it is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """The one page of the browser."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.loaded: list[str] = []

    def command(self, method: str, **parameters: Any) -> Any:
        """Send a command; its result. What was loaded meanwhile is kept."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told: Any = json.loads(self._socket.recv(timeout=_SECONDS))
            if told.get("method") == "Network.requestWillBeSent":
                self.loaded.append(told["params"]["request"]["url"])
            if told.get("id") == number:
                assert "error" not in told, told
                return told["result"]

    def open(self, path: Path) -> None:
        """Open a file and wait until it stands there whole."""
        self.command("Network.enable")
        self.command("Page.enable")
        self.command("Page.navigate", url=path.as_uri())
        where = json.dumps(path.as_uri())
        assert self.until(f"location.href === {where} && document.readyState === 'complete'")

    def until(self, expression: str) -> Any:
        """What an expression comes to in the page, once that is something."""
        deadline = time.monotonic() + _SECONDS
        while not (found := self.value(expression)) and time.monotonic() < deadline:
            time.sleep(0.02)
        return found

    def value(self, expression: str) -> Any:
        """What an expression comes to in the page."""
        told = self.command("Runtime.evaluate", expression=expression, returnByValue=True)
        return told["result"].get("value")

    def click(self, selector: str) -> None:
        """Click in the middle of an element, as a hand would."""
        box = self.value(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{block: "center"}});
            const at = element.getBoundingClientRect();
            return [at.x + Math.min(at.width, 200) / 2, at.y + at.height / 2];
        }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            at = {"type": kind, "x": box[0], "y": box[1], "button": "left", "clickCount": 1}
            self.command("Input.dispatchMouseEvent", **at)

    def visible(self, selector: str) -> str:
        """The text of an element as it is seen; empty where it is not."""
        told = self.value(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            return element && element.checkVisibility() ? element.innerText : "";
        }})()""")
        return str(told)

    def picture(self, path: Path) -> None:
        """A picture of what is seen."""
        told = self.command("Page.captureScreenshot")
        path.write_bytes(base64.b64decode(told["data"]))


@contextmanager
def browser(executable: str, folder: Path) -> Generator[Page]:
    """Start the browser with a profile of its own in a folder; it ends with the block."""
    command = [executable, *_FLAGS, f"--user-data-dir={folder}", "about:blank"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as process:
        try:
            with connect(_address(folder), max_size=None) as socket:
                yield Page(socket)
        finally:
            process.terminate()


def _address(folder: Path) -> str:
    """Where the page's DevTools listen; the browser writes its port when it is ready."""
    port, deadline = folder / "DevToolsActivePort", time.monotonic() + _SECONDS
    while not (port.exists() and port.read_text().strip()):
        assert time.monotonic() < deadline, "the browser did not start"
        time.sleep(0.02)
    number = port.read_text().split()[0]
    with urllib.request.urlopen(f"http://127.0.0.1:{number}/json/list", timeout=_SECONDS) as told:
        pages = [each for each in json.load(told) if each["type"] == "page"]
    return str(pages[0]["webSocketDebuggerUrl"])
