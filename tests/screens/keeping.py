"""The place of backups for the pictures: a stick that is a folder, a backup made and looked into, the doctor asked."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from PySide6.QtWidgets import QApplication

from sanad.domain.backup import Drive
from sanad.domain.errors import Problem
from sanad.domain.health import Fact, Size, Standing
from sanad.store import drives
from sanad.ui.backups.closing import ClosingPage
from sanad.ui.backups.page import BackupsPage
from sanad.ui.backups.restoring import RestoringPage
from sanad.ui.rail import Place
from sanad.ui.screens import Camera
from sanad.ui.setup.closed_page import ClosedPage
from tests.backups import PHRASE, cheap_keys

STICK = "KINGSTON"
SEEN = 5.0
"""Seconds within which a stick that was plugged in shows."""
SIZES = {"free": Size(412 * 10**6), "wanted": Size(500 * 10**6), "data": Size(41 * 10**6), "own": Size(260 * 10**6)}
SCARCE = (Fact("space", "scarce", Standing.CARE, SIZES),)
PART, WHOLE = 212 * 10**6, 500 * 10**6


@contextmanager
def plugged(folder: Path) -> Iterator[list[Drive]]:
    """The drives of the computer as a list, which begins empty; a stick is a folder under ``folder``."""
    there: list[Drive] = []
    with pytest.MonkeyPatch.context() as patched, cheap_keys():
        patched.setattr(drives, "removable", lambda: tuple(there))
        yield there
    shutil.rmtree(folder / STICK, ignore_errors=True)


def keeping(camera: Camera, folder: Path) -> None:
    """From the first stick to the backup that is put back, and what stands in the window where something is wrong."""
    with plugged(folder) as there:
        camera.take("nothing-kept")
        camera.window.banner.tell(SCARCE)
        camera.ways.go(Place.BACKUPS)
        camera.take("none")
        camera.window.banner.tell(())
        stick = folder / STICK
        stick.mkdir()
        there.append(Drive(str(stick), STICK, 14_200_000_000, 15_900_000_000))
        page = camera.ways.backups.go()
        _until_seen(page)
        camera.take("stick")
        _carry(camera, page)
        page.key.ask_for_change()
        camera.take("passphrase")
        page.key.ask_for_trial()
        camera.take("trial")
        _restore(camera)
        health = camera.ways.backups.health()
        camera.take("health")
        health.run()
        camera.take("checked")
        camera.ways.go(Place.TODAY)
        camera.take("kept")
        _alone(camera)


def _until_seen(page: BackupsPage) -> None:
    end = monotonic() + SEEN
    while page.carry.places.place() is None and monotonic() < end:
        QApplication.processEvents()
        sleep(0.01)


def _carry(camera: Camera, page: BackupsPage) -> None:
    asked = page.carry.passphrase
    asked.first.setText(PHRASE)
    asked.again.setText("x")
    page.carry.begin()
    camera.take("differ")
    asked.again.setText(PHRASE)
    page.carry.begin()
    page.carry.work.advance(PART, WHOLE)
    camera.take_now("working")
    camera.take("done")


def _restore(camera: Camera) -> None:
    page = camera.ways.backups.restore()
    camera.take("restore")
    page.passphrase.setText("not the one 12")
    page.verify()
    camera.take("wrong")
    page.passphrase.setText(PHRASE)
    page.verify()
    camera.take("verified")
    page.compare()
    camera.take("sides")


def _alone(camera: Camera) -> None:
    """What the window shows while nothing else may be done in it."""
    window = camera.window
    look = window.navigation.today._desk
    restoring = RestoringPage(look, look.words.text("restoring.title"), look.words.text("restoring.working"))
    window.show_alone(restoring)
    restoring.work.advance(PART, WHOLE)
    camera.take("restoring")
    leaving = ClosingPage(look, window)
    window.show_alone(leaving)
    leaving.begin()
    leaving.work.advance(PART, WHOLE)
    camera.take("closing")
    window.show_alone(ClosedPage(look, (Problem("data.missing", "", {"file": "sanad.sqlite3"}),)))
    camera.take("closed")
