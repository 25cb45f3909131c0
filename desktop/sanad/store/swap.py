"""A restored set takes the place of the present one: all of it or nothing, wherever the power goes.

First a mark says what is about to happen, then the present set moves aside, then the restored one into its place.
Whoever starts next and finds the mark goes on from there; each step can be done again.
"""

import json
import re
import shutil
from pathlib import Path

from sanad.store.folder import DATA_FILE, DataFolder, make_own, settle, write_whole
from sanad.store.patience import put

_ASIDE = re.compile(r"[0-9][0-9-]{9,40}")


def into_place(folder: DataFolder, aside: Path) -> None:
    """Have the set in ``folder.restored`` become the present one, and the present one go ``aside``."""
    carried = [path.name for path in _beside(folder) if (folder.restored / path.name).exists()]
    write_whole(folder.swapping, json.dumps({"aside": aside.name, "carried": carried}))
    settle(folder.path)
    resume(folder)


def is_begun(folder: DataFolder) -> bool:
    """Whether a set is to become the present one; if so, whoever resumes finishes it."""
    return _told(folder.swapping) is not None


def resume(folder: DataFolder) -> None:
    """Finish what was begun, if anything was."""
    told = _told(folder.swapping)
    if told is None:
        return
    name, carried = told
    restored, aside = folder.restored / DATA_FILE, folder.before_restores / name
    coming = {path: folder.restored / path.name for path in _beside(folder)}
    if restored.exists():  # until it moves, whatever stands in the folder is of the present set
        present = [path for path in folder.set if path.exists()]
        present += [path for path, new in coming.items() if path.exists() and new.exists() == (path.name in carried)]
        if present:
            make_own(aside)
            for path in present:
                put(path, aside / path.name)
            settle(aside)
        for path, new in coming.items():
            if new.exists():
                put(new, path)
        put(restored, folder.file)
        settle(folder.path)
    shutil.rmtree(folder.restored, ignore_errors=True)  # before the mark goes: what lies there then was never to come
    folder.swapping.unlink()
    settle(folder.path)
    folder.clear_passing()


def is_aside(name: str) -> bool:
    """Whether a folder of this name may hold a set that was put aside."""
    return _ASIDE.fullmatch(name) is not None


def _beside(folder: DataFolder) -> tuple[Path, ...]:
    """The folders that belong to a set, beside its data file."""
    return folder.attachments, folder.keys


def _told(mark: Path) -> tuple[str, list[object]] | None:
    """What the mark says; None where there is none, or one that is not whole, after which nothing was moved."""
    try:
        told = json.loads(mark.read_text(encoding="utf-8"))
        name, carried = told["aside"], told["carried"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        name, carried = "", []
    if not isinstance(name, str) or not is_aside(name) or not isinstance(carried, list):
        mark.unlink()
        return None
    return name, carried
