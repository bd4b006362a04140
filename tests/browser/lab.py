"""A real JupyterLab on a folder, and a notebook in it as a reader runs it."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from chromium import Page, browser

_PATIENCE = 60  # seconds until the server listens
# All cells are in the document, also those below the window's edge.
_SETTINGS = {"windowingMode": "none"}
_NOTEBOOK = "jupyterapp.shell.currentWidget"
_READY = (
    f"window.jupyterapp && {_NOTEBOOK}?.context?.isReady && "
    f"{_NOTEBOOK}.sessionContext?.session?.kernel?.status === 'idle'"
)


class Lab:
    def __init__(self, page: Page, address: str, token: str) -> None:
        self.page = page
        self.address, self._token = address, token

    def open(self, path: str) -> None:
        """A notebook by its path in the folder, with its kernel ready."""
        self.page.open(f"{self.address}lab/tree/{path}?token={self._token}&reset")
        self.page.wait(_READY)

    def run_all(self) -> None:
        """As by the menu; ends when the last cell has run, or one failed."""
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait(_READY)

    def write(self, cell: str, source: str) -> None:
        """Replaces what stands in the cell of that id."""
        told = json.dumps(source)
        self.page.evaluate(
            f"{_NOTEBOOK}.content.widgets.find(c => c.model.id === {cell!r})"
            f".model.sharedModel.setSource({told})"
        )

    def outputs(self, selector: str) -> list[list[str]]:
        """Key and text of all elements of the shown outputs, in order."""
        found: list[list[str]] = self.page.evaluate(
            f"[...{_NOTEBOOK}.node.querySelectorAll('.jp-OutputArea-output '"
            f" + {selector!r})].map(e => [e.dataset.key ?? '', e.textContent])"
        )
        return found


@contextlib.contextmanager
def jupyterlab(root: Path, home: Path) -> Iterator[Lab]:
    """JupyterLab on `root`; whatever it keeps goes to `home`."""
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    tracker = settings / "tracker.jupyterlab-settings"
    tracker.write_text(json.dumps(_SETTINGS), encoding="utf-8")
    token = secrets.token_hex(16)
    options = {
        "ServerApp.port": "0",
        "ServerApp.root_dir": str(root),
        "ServerApp.allow_root": "True",
        "ServerApp.open_browser": "False",
        "IdentityProvider.token": token,
        "LabApp.expose_app_in_browser": "True",
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.user_settings_dir": str(home / "settings"),
        "LabApp.workspaces_dir": str(home / "workspaces"),
    }
    places = {"RUNTIME": "runtime", "CONFIG": "config", "DATA": "data"}
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab"),
            *(f"--{name}={value}" for name, value in options.items()),
        ],
        env=os.environ
        | {f"JUPYTER_{key}_DIR": str(home / name) for key, name in places.items()}
        | {"IPYTHONDIR": str(home / "ipython")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = _listening(home / "runtime")
        with browser() as page:
            yield Lab(page, address, token)
    finally:
        process.terminate()
        process.wait()


def _listening(runtime: Path) -> str:
    for _ in range(_PATIENCE * 5):
        for path in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(json.JSONDecodeError):
                return str(json.loads(path.read_text(encoding="utf-8"))["url"])
        time.sleep(0.2)
    raise TimeoutError("JupyterLab does not listen")
