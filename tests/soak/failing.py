"""An office whose disk fails while it works, as a process of its own: ``python -m tests.soak.failing FOLDER``."""

import os
import sys
from functools import partial
from pathlib import Path

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from tests.builders import Clock
from tests.soak.acts import Form, answer_line, say

FORMS = tuple(Form("households.register", f"key-{number}", number=number) for number in range(8))
"""What is said, one after the other, whatever is answered."""


def main(folder: Path) -> None:
    """Say every form, and tell each answer or refusal."""
    tell = partial(os.write, 1)
    with build(folder, Clock(), who="x") as services:
        for form in FORMS:
            try:
                tell(answer_line(form.key, str(say(services, form).value.id)))
            except Refused as refused:
                tell(f"- {form.key} {refused.problems[0].code}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
