"""Headless Chromium, driven over its DevTools protocol as a reader would use it."""

import asyncio
import contextlib
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_LISTENING = re.compile(r"DevTools listening on (ws://\S+)")
_PATIENCE = 60  # seconds for one answer


def chromium() -> str | None:
    """The program's path; None where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


class Page:
    """One tab. `said` gathers errors and warnings of the console, `asked` requests."""

    def __init__(self, runner: asyncio.Runner, address: str) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self._runner = runner
        self._numbers = itertools.count(1)
        self._session = ""
        self._socket = runner.run(_connected(address))
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: object) -> dict[str, Any]:
        answer: dict[str, Any] = self._runner.run(self._answer(method, parameters))
        return answer

    def open(self, url: str) -> None:
        self.send("Page.navigate", url=url)
        self.wait(
            "document.readyState === 'complete' && location.protocol !== 'about:'"
        )

    def wait(self, condition: str) -> None:
        """Until the expression is true; TimeoutError after a minute."""
        for _ in range(_PATIENCE * 5):
            if self.evaluate(condition):
                return
            self._runner.run(asyncio.sleep(0.2))
        raise TimeoutError(condition)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, or of what it promises."""
        answer = self.send(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if told := answer.get("exceptionDetails"):
            raise RuntimeError(json.dumps(told)[:2000])
        return answer["result"].get("value")

    def resize(self, width: int, height: int = 900) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def press(self, key: str, text: str = "") -> None:
        """A key as it comes from the keyboard; `text` for one that writes."""
        code = {"Enter": 13, "Tab": 9, " ": 32}.get(key, 0)
        for kind in ("keyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                text=text if kind == "keyDown" else "",
                windowsVirtualKeyCode=code,
            )

    def write(self, text: str) -> None:
        self.send("Input.insertText", text=text)

    def close(self) -> None:
        self._runner.run(self._closed())

    async def _closed(self) -> None:
        self._socket.close()
        while await asyncio.wait_for(self._socket.read_message(), _PATIENCE):
            pass
        await asyncio.sleep(0)  # the socket itself is closed after the last message

    async def _answer(self, method: str, parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        asked = {"id": number, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        await self._socket.write_message(json.dumps(asked))
        while True:
            read = await asyncio.wait_for(self._socket.read_message(), _PATIENCE)
            if read is None:
                raise ConnectionError(f"Chromium ended before it answered {method}")
            told = json.loads(read)
            self._note(told)
            if told.get("id") == number:
                if "error" in told:
                    raise RuntimeError(f"{method}: {told['error']}")
                answer: dict[str, Any] = told["result"]
                return answer

    def _note(self, told: dict[str, Any]) -> None:
        given = told.get("params", {})
        match told.get("method"):
            case "Runtime.exceptionThrown":
                self.said.append(json.dumps(given["exceptionDetails"])[:500])
            case "Log.entryAdded" if given["entry"]["level"] in ("error", "warning"):
                self.said.append(given["entry"]["text"])
            case "Runtime.consoleAPICalled" if given["type"] in ("error", "warning"):
                self.said.append(json.dumps(given["args"])[:500])
            case "Network.requestWillBeSent":
                self.asked.append(given["request"]["url"])


@contextlib.contextmanager
def browser() -> Iterator[Page]:
    """A fresh browser without a past; it ends with the block."""
    program = chromium()
    if program is None:
        raise FileNotFoundError("chromium")
    flags = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "log"
        with log.open("w") as told:
            process = subprocess.Popen(
                [
                    *(program, *flags, "--remote-debugging-port=0"),
                    *(f"--user-data-dir={folder}/user", "about:blank"),
                ],
                stdout=told,
                stderr=told,
                start_new_session=True,
            )
        try:
            with asyncio.Runner() as runner:
                page = Page(runner, runner.run(_address(log)))
                try:
                    yield page
                finally:
                    page.close()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


async def _connected(address: str) -> WebSocketClientConnection:
    return await websocket_connect(address, max_message_size=2**28)


async def _address(log: Path) -> str:
    for _ in range(_PATIENCE * 5):
        if found := _LISTENING.search(log.read_text(errors="replace")):
            return found[1]
        await asyncio.sleep(0.2)
    raise TimeoutError("Chromium does not listen")
