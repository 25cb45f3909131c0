"""One reader, given whatever a fuzzer that watches its branches comes upon: ``python -m tests.fuzz.one NAME FOLDER``.

What follows the folder is libFuzzer's own. A ``Refused`` is an answer; any other exception, more than ten seconds for
one input, or more memory than allowed ends the process with what was given kept as a file.
"""

import resource
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sanad"]):
    from sanad.domain.errors import Refused
    from tests.fuzz.readers import READERS

MOST_MEMORY = 4 * 2**30
"""Bytes of address space; what is really held is bounded more narrowly by the fuzzer itself."""


def main(name: str, folder: Path, options: list[str]) -> None:
    """Give the reader inputs until the time is up."""
    reader = READERS[name]
    tempfile.tempdir = str(folder)
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(reader.seeds()):
        (corpus / f"seed-{number:03}").write_bytes(seed)

    def given(data: bytes) -> None:
        with suppress(Refused):
            reader.read(data)

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    atheris.Setup([sys.argv[0], f"-max_len={reader.largest}", *options, str(corpus)], given)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
