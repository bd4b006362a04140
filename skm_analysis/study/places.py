"""Where the files of a study lie. The only module that knows the folder names."""

import os
from dataclasses import dataclass
from pathlib import Path

from skm_analysis.errors import StudyError


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one study below one root."""

    root: Path
    study: str

    @property
    def raw(self) -> Path:
        return self.root / "data" / "raw" / self.study

    @property
    def study_file(self) -> Path:
        return self.raw / "study.toml"

    @property
    def instruments(self) -> Path:
        return self.raw / "instruments"

    @property
    def responses(self) -> Path:
        return self.raw / "responses"

    @property
    def texts(self) -> Path:
        return self.raw / "texts"

    @property
    def recommendations(self) -> Path:
        return self.raw / "recommendations.csv"

    @property
    def history(self) -> Path:
        return self.raw / "history.csv"

    @property
    def corrections(self) -> Path:
        """What people mended in the deliveries; the raw files stay as they came."""
        return self.raw / "decisions" / "corrections.csv"

    @property
    def received(self) -> Path:
        """Each delivered file as it was first seen."""
        return self.raw / "received.csv"

    @property
    def profile_decisions(self) -> Path:
        """How people grouped what respondents wrote of themselves."""
        return self.raw / "decisions" / "profiles.csv"

    @property
    def comment_decisions(self) -> Path:
        """What people say that comments are about, and what of them is printed."""
        return self.raw / "decisions" / "comments.csv"

    @property
    def plan_lock(self) -> Path:
        """The rules of analysis as they were frozen before the data came, if so."""
        return self.raw / "plan.lock"

    @property
    def secret(self) -> Path:
        """The key of the response numbers; only its owner reads it."""
        return self.raw / "secret"

    @property
    def processed(self) -> Path:
        return self.root / "data" / "processed" / self.study

    @property
    def edition(self) -> Path:
        """The published edition; complete whenever it exists."""
        return self.root / "reports" / self.study

    @property
    def failed(self) -> Path:
        return self.root / "reports" / f"{self.study}.failed"

    @property
    def preview(self) -> Path:
        return self.root / "reports" / f"{self.study}.preview"

    @property
    def plan(self) -> Path:
        """What `skm plan` wrote: no part of an edition."""
        return self.root / "reports" / f"{self.study}.plan"

    @property
    def checked(self) -> Path:
        """What `skm check` wrote: no part of an edition."""
        return self.root / "reports" / f"{self.study}.check"

    @property
    def notebooks(self) -> Path:
        """ROOT/notebooks if there, otherwise the project's own."""
        own = self.root / "notebooks"
        return own if own.is_dir() else Path(__file__).parents[2] / "notebooks"

    def told(self, path: Path) -> str:
        """`path` as a message names it: relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def other(self, study: str) -> "Places":
        return Places(self.root, study)


def find_root(given: Path | None = None) -> Path:
    """The folder that holds `data/raw`: given, SKM_ROOT, or the nearest upwards."""
    if given is not None:
        return given.resolve()
    if told := os.environ.get("SKM_ROOT"):
        return Path(told).resolve()
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            return folder
    raise StudyError(
        [
            f"{here}: tidak ada folder data/raw di sini maupun di atasnya.\n"
            "  jalankan dari dalam folder proyek, atau sebutkan --root FOLDER."
        ]
    )


def studies(root: Path) -> list[str]:
    """Names of all studies below `root`, oldest name first."""
    found = (root / "data" / "raw").glob("*/study.toml")
    return sorted(path.parent.name for path in found)


def find(study: str = "", root: Path | None = None) -> Places:
    """The places of `study`; an empty name means the newest study.

    Raises StudyError, naming the studies there are, when there is no such folder.
    """
    base = find_root(root)
    known = studies(base)
    name = study or (known[-1] if known else "")
    if name not in known:
        raise StudyError(
            [
                f"data/raw/{name or 'STUDI'}/study.toml: tidak ada.\n"
                f"  studi yang ada: {', '.join(known) or 'belum ada'}\n"
                "  periksa namanya, atau mulai yang baru dengan: skm new STUDI"
            ]
        )
    return Places(base, name)
