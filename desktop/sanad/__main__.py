"""Chooses a face: without a verb the window opens, with one the command line answers.

Order of start, for the window: read the arguments, import Qt and the window, paint; only then, on the
worker that owns the data file, import and build the services. Nothing of the database is on the way to
the first paint, so nothing here may import `bootstrap` at the top.
"""

import os
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, overload

from sanad import places

if TYPE_CHECKING:
    from sanad.domain.staff import Credentials
    from sanad.services import Reference, Services


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the face that the arguments ask for (the program's own when None) and return the exit status."""
    folder, rest = named_folder(sys.argv[1:] if arguments is None else arguments)
    if not rest:
        from sanad.ui.application import run as open_window

        data = folder or places.data_folder()
        return open_window(partial(open_services, data), data, partial(open_services, None))
    if list(rest) == ["demo"]:
        return _show_sample() if _has_screen() else _do_sample()
    return _answer(rest, folder)


def _has_screen() -> bool:
    """Whether a window would be seen: systems without a display server of their own always have one."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return not sys.platform.startswith("linux") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def _show_sample() -> int:
    """Open the window on the sample families, in a data folder that is thrown away when the window closes."""
    from tempfile import TemporaryDirectory

    from sanad.ui.application import run as open_window

    with TemporaryDirectory(prefix="sanad-demo-", ignore_cleanup_errors=True) as folder:
        return open_window(partial(_open_sample, Path(folder)), Path(folder), partial(open_services, None))


def _do_sample() -> int:
    """Do the main job on the sample families in the terminal, and take the pictures that a screen would show."""
    from sanad.cli.demo import DATA, FOLDER

    status = _answer(["demo"], None)
    if (FOLDER / DATA).is_dir() and status in (0, 1):
        from sanad.ui.screens import photograph_demonstration

        photograph_demonstration(partial(open_services, FOLDER / DATA), partial(open_services, None), FOLDER)
    return status


def _open_sample(folder: Path) -> "Services":
    services = open_services(folder)
    services.sample.settle(services, date.today())  # noqa: DTZ011  # the wall clock's day is meant
    return services


def _answer(rest: Sequence[str], folder: Path | None) -> int:
    _speak_utf8(sys.stdout, sys.stderr)
    from sanad.cli.main import run as answer

    return answer(rest, folder, open_services)


def named_folder(arguments: Sequence[str]) -> tuple[Path | None, Sequence[str]]:
    """The data folder that `--data DIR` before the verb names, if it does, and what else was asked."""
    match list(arguments):
        case ["--data", folder, *rest]:
            return Path(folder), rest
        case [first, *rest] if first.startswith("--data="):
            return Path(first.removeprefix("--data=")), rest
        case rest:
            return None, rest


@overload
def open_services(folder: Path, credentials: "Credentials | None" = None) -> "Services": ...
@overload
def open_services(folder: None, *, packs: Path | None = None) -> "Reference": ...
def open_services(
    folder: Path | None, credentials: "Credentials | None" = None, *, packs: Path | None = None
) -> "Services | Reference":
    """Build the services on a data folder; slow (it imports the database), so called off the window's thread.

    ``credentials`` sign somebody in, where the office has accounts. Without a folder, those services that need none,
    and no database; the office's own guides then lie in ``packs``.
    """
    from sanad.bootstrap import build

    return build(None, packs=packs) if folder is None else build(folder, credentials=credentials)


def _speak_utf8(*streams: TextIO | None) -> None:
    """Write UTF-8 and plain line ends whatever the terminal's code page; a bundle without a console has no streams."""
    for stream in streams:
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
