"""Every screen as a picture, offscreen: ``python -m tests.screens [FOLDER]``, ``build/screens`` unless said.

Arabic and English, light and dark, on the sample families and on an empty office, at the size of the office's old
screens and once more at one and a half times of it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sanad.bootstrap import build
from sanad.domain.office import Language
from sanad.services import Reference, Services

SCALES = ("1", "1.5")


def main(arguments: list[str]) -> int:
    """Take every picture; each scale in a process of its own, as Qt reads it only once."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = Path(arguments[0] if arguments else "build/screens")
    folder.mkdir(parents=True, exist_ok=True)
    if len(arguments) > 1:
        _take_all(folder, arguments[1])
        return 0
    for scale in SCALES:
        command = [sys.executable, "-m", "tests.screens", str(folder), scale]
        subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": scale}, check=True)
    return 0


def _take_all(folder: Path, scale: str) -> None:
    from sanad.ui.application import today
    from sanad.ui.screens import Camera, photographed  # Qt reads the platform and scale when it is imported
    from tests.screens.guide import guide
    from tests.screens.keeping import keeping
    from tests.screens.people import invitation, office_of_people, people

    with TemporaryDirectory(prefix="sanad-screens-") as data:
        sample, empty, first = (Path(data) / name for name in ("sample", "empty", "first"))
        with build(sample) as services:
            services.sample.settle(services, today())
        for language in Language:
            for settled in (sample, empty):
                _set_language(settled, language)
            for dark in (False, True):
                tag = "-".join([language, "dark" if dark else "light"])
                tag = tag if scale == "1" else f"{tag}-{scale}x"
                # where a folder was, an older one is found out
                kept, peopled = (Path(data) / f"{name}-{tag}" for name in ("kept", "peopled"))
                shutil.copytree(sample, kept)
                office_of_people(sample, peopled)
                walks: dict[str, tuple[Path, Callable[[Camera], None]]] = {
                    "sample": (sample, Camera.sample),
                    "guide": (sample, guide),
                    "empty": (empty, Camera.empty),
                    "first": (first, Camera.first_run),
                    "kept": (kept, partial(keeping, folder=Path(data))),
                    "invited": (sample, invitation),
                    "people": (peopled, people),
                }
                for name, (office, walk) in walks.items():
                    prefix = f"{tag}-{name}-"
                    with photographed(
                        _opener(office), _reference, language, dark=dark, folder=folder, prefix=prefix
                    ) as camera:
                        walk(camera)


def _opener(folder: Path) -> Callable[[], Services]:
    return lambda: build(folder)


def _reference() -> Reference:
    return build(None)


def _set_language(folder: Path, language: Language) -> None:
    with build(folder) as services:
        services.offices.set_up(replace(services.sample.office(), language=language))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
