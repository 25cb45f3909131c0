"""The people of the office in pictures: the invitation, the door, the accounts, what is kept from whom, who looked."""

import shutil
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from sanad.bootstrap import build
from sanad.domain.staff import Role
from sanad.ui.rail import Place
from sanad.ui.screens import Camera
from sanad.ui.settings.page import SettingsPage, Tab
from sanad.ui.staff.sign_in_page import SignInPage

PASSWORD = "خمسة جمال تعبر النهر"  # noqa: S105  # of nobody
PEOPLE = (
    ("ali", "علي حسن", Role.CLERK),
    ("zahra", "زهراء كاظم", Role.COMMITTEE),
    ("mahdi", "مهدي خميس", Role.TREASURER),
    ("huda", "هدى سلمان", Role.AUDITOR),
)


def office_of_people(sample: Path, folder: Path) -> None:
    """The sample families in an office with accounts: one confidential family, one corrected, one account closed."""
    shutil.copytree(sample, folder)
    with build(folder) as services:
        services.staff.begin("safaa", "صفاء محمد", PASSWORD)
        made = [services.staff.add(user, name, role, PASSWORD, key=user).value for user, name, role in PEOPLE]
        services.staff.disable(made[2].id, "انتهت مدته")
        rows = services.households.search("", 50)
        services.households.keep_confidential(rows[3].id, "طلب الأسرة الستر")
        family = services.households.open(next(row.id for row in rows if row.members == 5))
        household = replace(family.study.household, phone="3999 8888")
        services.households.correct(family.id, family.version, replace(family.study, household=household), key="phone")


def invitation(camera: Camera) -> None:
    """An office without accounts is invited to make the first."""
    page = _settings(camera, Tab.PEOPLE)
    camera.take("people")
    _press(page.people, 0)
    camera.take("people-begin")


def people(camera: Camera) -> None:
    """From the door to a clerk's desk."""
    camera.wait()
    camera.take("sign-in")
    _door(camera).forgotten.click()
    camera.take("recover")
    _door(camera)._show_sign_in()
    _enter(camera, "safaa", "شيء آخر تماماً")
    camera.take("sign-in-wrong")
    _enter(camera, "safaa", PASSWORD)
    camera.take("today")
    page = _settings(camera, Tab.PEOPLE)
    camera.take("people")
    _press(page.people, 2)
    camera.take("people-add")
    page.show_tab(Tab.LOOKS)
    camera.take("looks")
    file = camera._open_family()
    file.form.show_page(file._history_tab)
    camera.take("history")
    _press(file.history, 0)
    camera.take("confidential")
    file.head.papers.click()
    camera.wait()
    file.printing.menu.grab().save(str(camera._folder / f"{camera._prefix}papers.png"))
    file.printing.menu.close()
    camera.window.desk.door.tell_code("AG0YR-HGPPV-R6VPZ-1DM5Q-QBQ0V")  # type: ignore[union-attr]  # it is open
    camera.take("code")
    camera.window.desk.door._put_away()  # type: ignore[union-attr]  # as above
    camera._program.door.lock()
    camera.take("locked")
    _enter(camera, "ali", PASSWORD)
    camera.ways.go(Place.HOUSEHOLDS)
    camera.take("clerk-families")
    _settings(camera, Tab.PEOPLE)
    camera.take("clerk-people")


def _settings(camera: Camera, tab: Tab) -> SettingsPage:
    camera.wait()
    camera.ways.go(Place.SETTINGS)
    page = camera.window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    page.show_tab(tab)
    camera.wait()
    return page


def _door(camera: Camera) -> SignInPage:
    page = camera._program.door._page
    assert page is not None
    return page


def _enter(camera: Camera, user: str, password: str) -> None:
    page = _door(camera)
    page.user.setText(user)
    page.password.setText(password)
    page.submit()
    camera.wait()


def _press(page: QWidget, which: int) -> None:
    """Press one of the buttons in sight, by its place."""
    [each for each in page.findChildren(QPushButton) if each.isVisible()][which].click()
