"""What a watcher knows of an office at work, and the look through its folder after the lights went out."""

import json
from collections import Counter
from dataclasses import dataclass, field

from sanad.services import Services
from tests.soak.acts import PAYING, Form, answer_line, paid, recorded, say, unsound
from tests.soak.births import Ear, Tell

WORKING = "working"
"""Told by an office that begins to work."""


@dataclass(slots=True)
class Watched:
    """The answers that were told, the form that is on its way, the last one that paid."""

    answers: dict[str, str] = field(default_factory=dict)
    on_its_way: Form | None = None
    paid_last: Form | None = None
    found: Counter[str] = field(default_factory=Counter)

    def hear(self, line: str) -> None:
        """Take in a line that came through the pipe.

        Raises:
            AssertionError: it tells that something was lost, half, or paid twice.
        """
        if line.startswith("?"):
            self.on_its_way = Form.of(line)
        elif line.startswith("!"):
            _, key, id_ = line.split()
            self.answers[key] = id_
            if self.on_its_way is not None and self.on_its_way.act in PAYING:
                self.paid_last = self.on_its_way
            self.on_its_way = None
        elif line.startswith("="):
            found = json.loads(line[1:])
            assert not found.pop("wrong"), line
            self.found += Counter(found)

    def until_work(self, ear: Ear) -> None:
        """Hear everything up to the beginning of the work.

        Raises:
            AssertionError: it never came so far.
        """
        for line in ear:
            if line == WORKING:
                return
            self.hear(line)
        raise AssertionError("it died by itself")


def lost(services: Services, watched: Watched) -> list[str]:
    """The keys of what was acknowledged and is not there, or is there as something else."""
    there = recorded(services)
    return [key for key, id_ in watched.answers.items() if there.get(key) != id_]


def examine(services: Services, watched: Watched, tell: Tell) -> None:
    """Look through the folder; say again what was on its way and what paid last; tell what came of it."""
    there, waiting = recorded(services), watched.on_its_way
    wrong = unsound(services)
    wrong += [f"lost: {key}" for key in lost(services, watched)]
    wrong += [f"half: {key}" for key in there.keys() - watched.answers.keys() if not waiting or key != waiting.key]
    untold = waiting is not None and waiting.key in there
    again = 0
    for form in (waiting, watched.paid_last):
        if form is None:
            continue
        before, known = sum(paid(services)), form.key in there
        tell(form.line())
        first, second = say(services, form), say(services, form)
        added = sum(paid(services)) - before
        if not second.repeated or first.repeated != known or added != (form.act in PAYING and not known):
            wrong.append(f"paid twice: {form}")
        if {first.value.id, second.value.id} != {watched.answers.get(form.key, first.value.id)}:
            wrong.append(f"answered otherwise: {form}")
        tell(answer_line(form.key, str(first.value.id)))
        again += 2
    counts = {"looks": 1, "on disk but never told": int(untold), "forms said again": again}
    tell(f"={json.dumps({**counts, 'wrong': wrong}, ensure_ascii=False)}\n".encode())
