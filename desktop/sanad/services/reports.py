"""What is kept of a bug of ours: where it happened in the program, and nothing of what was typed."""

import platform
import secrets
import traceback
from contextlib import suppress
from datetime import date
from pathlib import Path

from sanad import __version__


def keep(error: BaseException, folder: Path, today: date) -> str:
    """Write a report into ``folder`` and return its number.

    Only the kinds of the errors and the lines of the program that they passed are kept: a message may carry a name or
    an amount. Where the report cannot be written, its number is still told.
    """
    number = f"{today:%Y%m%d}-{secrets.token_hex(2)}"
    lines = [f"sanad {__version__} · Python {platform.python_version()} · {platform.platform()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        lines += [
            f"  {Path(at.filename).name}:{at.lineno} {at.name}" for at in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or seen.__context__
    with suppress(OSError, ImportError):  # a room that cannot even be imported may be what is reported
        from sanad.store.folder import make_own, open_own

        make_own(folder)
        with open_own(folder / f"report-{number}.txt") as file:
            file.write(("\n".join(lines) + "\n").encode())
    return number
