"""How whoever had the folder before left it: in peace, killed, or while other data took the place of these."""

from sanad.domain.listing import Ending
from sanad.store import faults, swap
from sanad.store.folder import DataFolder, Hold
from sanad.store.health import UNDO
from sanad.store.journal import Journal


def found(folder: DataFolder, hold: Hold) -> Ending:
    """What lies in a folder that was just taken, before anything in it is finished or cleared; the hold keeps it.

    Raises:
        Refused: it cannot be looked at, or a mark that is not whole cannot be removed.
    """
    try:
        left = _shown(folder) or hold.unheard or (Ending.CUT if hold.cut_short else Ending.WELL)
    except OSError as error:
        raise faults.of_system(error, folder.path) from error
    hold.owe(left)
    return left


def _shown(folder: DataFolder) -> Ending | None:
    if swap.is_begun(folder):
        return Ending.RESTORED
    return Ending.NOT_RESTORED if folder.restored.exists() else None


def finished(ending: Ending, entries: Journal) -> Ending:
    """The same when everything was finished: which data took the place of others, they tell themselves."""
    undone = ending is Ending.RESTORED and entries.last_act() == UNDO
    return Ending.UNDONE if undone else ending
