"""Packs as they were adopted or first assessed by, and the office's dated revisions, word for word; never changed."""

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping, insert, select

from sanad.domain.revision import AdoptedPack, AdoptedRevision
from sanad.domain.text import Text
from sanad.store.columns import canonical
from sanad.store.tables import packs, revisions


class Policies:
    """What was adopted, the latest last."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_pack(self, pack: AdoptedPack) -> None:
        """Keep a pack; from now on it is what the office goes by."""
        self._connection.execute(
            insert(packs).values(
                policy=pack.policy, digest=pack.digest, files=canonical(pack.files), adopted_at=pack.adopted_at
            )
        )

    def pack(self, policy: str) -> AdoptedPack | None:
        """The pack of that id as it was last adopted."""
        return next((pack for pack in reversed(self.packs()) if pack.policy == policy), None)

    def holds(self, policy: str, digest: str) -> bool:
        """Whether a pack is kept with these very files, whatever was adopted since."""
        found = select(packs.c.row).where(packs.c.policy == policy, packs.c.digest == digest)
        return self._connection.execute(found).first() is not None

    def packs(self) -> tuple[AdoptedPack, ...]:
        """Every pack that was ever adopted."""
        rows = self._connection.execute(select(packs).order_by(packs.c.row)).mappings()
        return tuple(
            AdoptedPack(row["policy"], row["digest"], json.loads(row["files"]), row["adopted_at"]) for row in rows
        )

    def add_revision(self, revision: AdoptedRevision) -> None:
        """Keep a revision; it lies over all before it."""
        self._connection.execute(
            insert(revisions).values(
                id=revision.id,
                policy=revision.policy,
                since=revision.since,
                title_ar=revision.title.ar,
                title_en=revision.title.en,
                digest=revision.digest,
                text=revision.text,
                adopted_at=revision.adopted_at,
            )
        )

    def revision(self, id: str) -> AdoptedRevision:  # noqa: A002  # the word of the domain
        """The revision under this id, which was adopted before."""
        found = select(revisions).where(revisions.c.id == id)
        return _revision(self._connection.execute(found).mappings().one())

    def revisions(self) -> tuple[AdoptedRevision, ...]:
        """All revisions, in the order in which they were adopted."""
        rows = self._connection.execute(select(revisions).order_by(revisions.c.row)).mappings()
        return tuple(_revision(row) for row in rows)

    def broken(self) -> tuple[str, ...]:
        """What no longer reads as it was adopted: ids of revisions, and of packs."""
        texts = [(revision.id, revision.digest, text_digest(revision.text)) for revision in self.revisions()]
        files = [(pack.policy, pack.digest, files_digest(pack.files)) for pack in self.packs()]
        return tuple(id_ for id_, kept, found in (*texts, *files) if kept != found)


def text_digest(text: str) -> str:
    """The SHA-256 of a revision's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def files_digest(files: Mapping[str, str]) -> str:
    """The SHA-256 over the files of a pack, by their paths."""
    return text_digest(canonical(files))


def _revision(row: RowMapping) -> AdoptedRevision:
    plain = {name: row[name] for name in ("id", "policy", "since", "digest", "text", "adopted_at")}
    return AdoptedRevision(title=Text(row["title_ar"], row["title_en"]), **plain)
