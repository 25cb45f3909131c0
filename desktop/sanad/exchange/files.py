"""Files that the user names: read within bounds, written whole or not at all."""

import errno
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sanad.domain.errors import Refused


def read_bytes(path: Path, most: int, where: str = "") -> bytes:
    """The bytes of a file, but never more than one beyond ``most``; ``where`` is the question that asked for it.

    Raises:
        Refused: there is no such file, or it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise Refused.because("file.missing", where) from error
    except OSError as error:
        raise Refused.because("file.unreadable", where, detail=error.strerror or type(error).__name__) from error


def write_whole(path: Path, data: bytes, before_named: Callable[[], object] = lambda: None) -> None:
    """Put ``data`` at ``path``: beside it first, on the disk, then under its name in one step.

    ``before_named`` is done between the two: where it fails, nothing was written.

    Raises:
        Refused: the folder is missing, full or not writable; whatever stood at ``path`` still stands there.
    """
    beside = path.parent / f".sanad-{secrets.token_hex(4)}"
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        before_named()
        beside.replace(path)
    except OSError as error:
        _drop(beside)
        code = "file.disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "file.not_writable"
        raise Refused.because(code, folder=str(path.parent)) from error
    except BaseException:
        _drop(beside)
        raise


def _drop(beside: Path) -> None:
    with suppress(OSError):
        beside.unlink()
