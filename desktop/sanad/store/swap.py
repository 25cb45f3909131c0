"""A restored set takes the place of the present one: all of it or nothing, wherever the power goes.

First a mark says what is about to happen, then the present set moves aside, then the restored one into its place.
Whoever starts next and finds the mark goes on from there; each step can be done again.
"""

import json
import re
from pathlib import Path

from sanad.store.folder import DATA_FILE, DataFolder, settle, write_whole

_ASIDE = re.compile(r"[0-9][0-9-]{9,40}")


def into_place(folder: DataFolder, aside: Path) -> None:
    """Have the set in ``folder.restored`` become the present one, and the present one go ``aside``."""
    told = {"aside": aside.name, "attachments": (folder.restored / folder.attachments.name).exists()}
    write_whole(folder.swapping, json.dumps(told))
    settle(folder.path)
    resume(folder)


def resume(folder: DataFolder) -> None:
    """Finish what was begun, if anything was."""
    told = _told(folder.swapping)
    if told is None:
        return
    name, with_attachments = told
    restored, aside = folder.restored / DATA_FILE, folder.before_restores / name
    papers = folder.restored / folder.attachments.name
    if restored.exists():  # until it moves, whatever stands in the folder is of the present set
        present = [path for path in folder.set if path.exists()]
        if folder.attachments.exists() and papers.exists() == with_attachments:
            present.append(folder.attachments)
        if present:
            aside.mkdir(parents=True, exist_ok=True)
            for path in present:
                path.replace(aside / path.name)
            settle(aside)
        if papers.exists():
            papers.replace(folder.attachments)
        restored.replace(folder.file)
        settle(folder.path)
    folder.swapping.unlink()
    settle(folder.path)
    folder.clear_passing()


def _told(mark: Path) -> tuple[str, bool] | None:
    """What the mark says; None where there is none, or one that is not whole, after which nothing was moved."""
    try:
        told = json.loads(mark.read_text(encoding="utf-8"))
        name, with_attachments = told["aside"], told["attachments"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        name, with_attachments = "", False
    if not isinstance(name, str) or not _ASIDE.fullmatch(name) or not isinstance(with_attachments, bool):
        mark.unlink()
        return None
    return name, with_attachments
