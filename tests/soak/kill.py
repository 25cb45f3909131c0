"""The program killed by the hundred while the office works: nothing that was acknowledged is lost, nothing is half.

Run as ``make soak-kill`` for a thousand; the suite does some twenty. In each round a process is born of a warm one,
opens the folder and looks through it after the kill before; says again the form that was on its way then, and the last
one that paid; goes to work, and is killed at a random moment, of every tenth one already while it opens and looks.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NoReturn

from sanad.bootstrap import build
from sanad.services import Services
from sanad.store.upgrade import newest_schema
from tests.builders import Clock
from tests.soak.acts import PAYING, Form, answer_line, paid, recorded, say, set_up, unsound, work

KILLS_OF_A_FOLDER = 100
"""After so many a new folder is begun: what is looked through each time stays small."""
LONGEST = 0.3
"""Seconds of work, or of opening and looking, before the kill, at most."""
WORKING = "working"


@dataclass(slots=True)
class Watched:
    """What the watcher knows of a folder: the answers it was told, the form on its way, the last one that paid."""

    answers: dict[str, str] = field(default_factory=dict)
    on_its_way: Form | None = None
    paid_last: Form | None = None

    def hear(self, line: str) -> None:
        """Take in what came through the pipe."""
        if line.startswith("?"):
            self.on_its_way = Form.of(line)
        elif line.startswith("!"):
            _, key, id_ = line.split()
            self.answers[key] = id_
            if self.on_its_way is not None and self.on_its_way.act in PAYING:
                self.paid_last = self.on_its_way
            self.on_its_way = None


def soak(kills: int, folder: Path, seed: int = 5) -> Counter[str]:
    """Kill the program so many times at its work; what was counted.

    Raises:
        AssertionError: something acknowledged was lost, something was half, or the same form paid twice.
    """
    dice = random.Random(seed)  # noqa: S311  # the same moments every time, as far as the machine allows
    newest_schema()  # once for all that are born from here; no file is open meanwhile
    told: Counter[str] = Counter()
    for number in range(kills):
        if number % KILLS_OF_A_FOLDER == 0:
            watched, place = Watched(), folder / f"office-{number}"
            _apart(lambda at=place: set_up(at))  # type: ignore[misc]  # what it is called with stands there
        early = number % 10 == 9
        told += _killed(place, watched, dice, early=early)
        told["kills"] += 1
        if number % KILLS_OF_A_FOLDER == KILLS_OF_A_FOLDER - 1 or number == kills - 1:
            told += _looked_at_last(place, watched)
            told["acknowledged"] += len(watched.answers)
    return told


def _killed(place: Path, watched: Watched, dice: random.Random, *, early: bool) -> Counter[str]:
    """One birth, and the kill that follows."""
    seed, moment = dice.getrandbits(32), dice.random() * LONGEST
    pid, pipe = _born(lambda tell: _live(place, watched, seed, tell))
    found: Counter[str] = Counter()
    with pipe:
        if not early:
            for line in pipe:
                if line.strip() == WORKING:
                    break
                found += _heard(line, watched)
            else:
                raise AssertionError("it died by itself")
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        for line in pipe:
            found += _heard(line, watched)
    os.waitpid(pid, 0)
    return found


def _heard(line: str, watched: Watched) -> Counter[str]:
    if not line.startswith("="):
        watched.hear(line)
        return Counter()
    found = json.loads(line[1:])
    assert not found.pop("wrong"), line
    return Counter(found)


def _looked_at_last(place: Path, watched: Watched) -> Counter[str]:
    """What the last kill of a folder left."""
    pid, pipe = _born(lambda tell: _look(place, watched, tell))
    with pipe:
        found = sum((_heard(line, watched) for line in pipe), Counter[str]())
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, "the last look died"
    return found


def _live(place: Path, watched: Watched, seed: int, tell: Callable[[bytes], object]) -> None:
    """What a process does from its birth to its kill."""
    with build(place, Clock(), who="x") as services:
        _examine(services, watched, tell)
        tell(f"{WORKING}\n".encode())
        work(services, random.Random(seed), tell)  # noqa: S311  # as above


def _look(place: Path, watched: Watched, tell: Callable[[bytes], object]) -> None:
    with build(place, Clock(), who="x") as services:
        _examine(services, watched, tell)


def _examine(services: Services, watched: Watched, tell: Callable[[bytes], object]) -> None:
    """Look through the folder after a kill, say again what was on its way and what paid last, and tell what came."""
    there, wrong = recorded(services), unsound(services)
    waiting = watched.on_its_way
    wrong += [f"lost: {key}" for key, id_ in watched.answers.items() if there.get(key) != id_]
    wrong += [f"half: {key}" for key in there.keys() - watched.answers.keys() if not waiting or key != waiting.key]
    untold = waiting is not None and waiting.key in there
    again = 0
    for form in (waiting, watched.paid_last):
        if form is None:
            continue
        before, known = paid(services), form.key in there
        tell(form.line())
        first, second = say(services, form), say(services, form)
        added = sum(paid(services)) - sum(before)
        if not second.repeated or first.repeated != known or added != (form.act in PAYING and not known):
            wrong.append(f"paid twice: {form}")
        if (first.value.id, second.value.id) != (watched.answers.get(form.key, first.value.id),) * 2:
            wrong.append(f"answered otherwise: {form}")
        tell(answer_line(form.key, str(first.value.id)))
        again += 2
    counts = {"looks": 1, "on disk but never told": int(untold), "forms said again": again}
    tell(f"={json.dumps({**counts, 'wrong': wrong}, ensure_ascii=False)}\n".encode())


# ------------------------------------------------------------ processes


def _born(life: Callable[[Callable[[bytes], object]], None]) -> tuple[int, IO[str]]:
    """A child that lives so, and the pipe through which it tells; nothing of the database is carried into it."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, os.fdopen(reader, encoding="utf-8")
    os.close(reader)
    _lived(lambda: life(lambda line: os.write(writer, line)))


def _apart(life: Callable[[], None]) -> None:
    """Done in a process of its own, so that this one never opens the database."""
    pid = os.fork()
    if pid:
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        return
    _lived(life)


def _lived(life: Callable[[], None]) -> NoReturn:
    code = 1
    try:
        life()
        code = 0
    except BaseException:  # noqa: BLE001  # a child must never return into its parent's code
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]  # an exception is being handled
    finally:
        sys.stderr.flush()
        os._exit(code)


def main(kills: int) -> None:
    """Print what came of so many kills."""
    started = time.perf_counter()
    with TemporaryDirectory(prefix="sanad-soak-") as folder:
        told = soak(kills, Path(folder))
    print(f"soak-kill: {kills} kills, {told['acknowledged']} acknowledged acts: 0 lost, 0 half, none paid twice")
    print(", ".join(f"{name} {count}" for name, count in told.items()))
    print(f"the doctor found nothing in {told['looks']} looks; {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
