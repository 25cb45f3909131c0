"""Processes that live and die for a soak; none carries an open database into another."""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NoReturn

Tell = Callable[[bytes], object]
"""Sends a line through the pipe."""


class Ear:
    """The end of a pipe at which a child is heard, line by line."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._rest = b""

    def __iter__(self) -> Iterator[str]:
        """Every line, until the child closes its end or dies."""
        while True:
            yield from self._whole()
            if not (told := os.read(self._pipe, 65536)):
                return
            self._rest += told

    def so_far(self) -> Iterator[str]:
        """Every line that was told up to now."""
        os.set_blocking(self._pipe, False)
        try:
            yield from self
        except BlockingIOError:
            os.set_blocking(self._pipe, True)

    def close(self) -> None:
        """Listen no more."""
        os.close(self._pipe)

    def _whole(self) -> Iterator[str]:
        while b"\n" in self._rest:
            line, _, self._rest = self._rest.partition(b"\n")
            yield line.decode()


def remember_in(place: Path) -> None:
    """Have the computer's memory of the data lie there, apart from that of whoever runs this."""
    os.environ["XDG_STATE_HOME"] = str(place)


def born(life: Callable[[Tell], object]) -> tuple[int, closing[Ear]]:
    """A child that lives so, and the ear through which it is heard."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reader)
        _lived(lambda: life(lambda line: os.write(writer, line)))
    os.close(writer)
    return pid, closing(Ear(reader))


def apart(life: Callable[[], object]) -> None:
    """Done in a process of its own, so that this one never opens the database.

    Raises:
        AssertionError: it failed.
    """
    pid = os.fork()
    if not pid:
        _lived(life)
    assert ended_well(pid), "what was done apart failed"


def ended_well(pid: int) -> bool:
    """Wait for a child's end; whether it was its own and good."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _lived(life: Callable[[], object]) -> NoReturn:
    code = 1
    try:
        life()
        code = 0
    except BaseException:  # noqa: BLE001  # a child must never return into its parent's code
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
