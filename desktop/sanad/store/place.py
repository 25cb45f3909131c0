"""Where a data folder lies: on a disk of this computer, or where a data file does not belong.

Told by the system's own word of the drive, and by the names that programs give to the folders that they copy to their
servers: those look like any other to the system.
"""

import os
import re
from pathlib import Path

from sanad.domain.errors import Refused
from sanad.domain.health import Place
from sanad.store import drives

_SHARE = re.compile(
    r"9p|afpfs|afs|cifs|coda|davfs2?|glusterfs|lustre|ncpfs|nfs[34]?|prl_fs|smb[23]?|smbfs|vboxsf|virtiofs|vmhgfs|webdav"
    r"|fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?|smbnetfs|glusterfs|s3fs|vmhgfs-fuse)"
)
_CLOUD = re.compile(
    r"(onedrive|dropbox|google ?drive|my drive|icloud ?drive|mobile documents|nextcloud|owncloud|pcloud ?drive|"
    r"mega(sync)?|box( sync)?|yandex\.?disk|sync\.com|seafile|syncthing|creative cloud files)( ?[-–(].*)?",
    re.IGNORECASE,
)
_NAMED_BY = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Where Windows tells programs of its cloud folder."""
_MARKS = (".dropbox", ".owncloudsync.log", ".nextcloudsync.log", ".stfolder")
"""Left by such programs at the top of what they copy."""


def of(folder: Path) -> Place:
    """The kind of place in which a folder lies, or would lie."""
    here = folder.absolute()
    if _is_share(here):
        return Place.NETWORK
    if _is_copied(here):
        return Place.CLOUD
    return Place.REMOVABLE if drives.is_removable(here) else Place.FIXED


def refuse_unfit(folder: Path) -> None:
    """See to it that new data are made on a disk of this computer.

    Raises:
        Refused: they would lie on a share, a drive that is pulled out, or in a folder that another program copies
            (``data.on_network``, ``data.on_removable``, ``data.in_cloud``).
    """
    codes = {Place.NETWORK: "data.on_network", Place.REMOVABLE: "data.on_removable", Place.CLOUD: "data.in_cloud"}
    if (place := of(folder)) in codes:
        raise Refused.because(codes[place], folder=str(folder))


def _is_share(here: Path) -> bool:
    return str(here).startswith("\\\\") or _SHARE.fullmatch(drives.file_system(here)) is not None


def _is_copied(here: Path) -> bool:
    around = (here, *here.parents)
    named = [Path(place) for name in _NAMED_BY if (place := os.environ.get(name))]
    return (
        any(_CLOUD.fullmatch(part) for part in here.parts)
        or any(place in around for place in named)
        or any((place / mark).exists() for place in around for mark in _MARKS)
    )
