"""The whole way under a virtual screen, by real keys, Arabic among them: empty start, receipt, paper, tomorrow."""

import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pypdf import PdfReader

from sanad.bootstrap import build

TOOLS = ("Xvfb", "xkbcomp", "xdotool")
absent = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(absent), reason=f"not installed: {', '.join(absent)}")

LETTERS = "".join(chr(code) for code in (*range(0x621, 0x63B), *range(0x641, 0x64B)))
PRESSED, ANSWERED = 0.08, 0.5
"""Seconds without work after which the program has taken in a key, and after which it has done all that was asked."""
DWELLING, HEAD_ROW = 9, 8
"""Fields before the table of members, and cells of its first row."""
LONGEST = 60.0
"""Seconds within which anything that was asked for must have happened."""


class Desk:
    """A person at a virtual screen."""

    def __init__(self, display: str, folder: Path) -> None:
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"},
            "DISPLAY": display,
            "XDG_CONFIG_HOME": str(folder / "settings"),
            "XDG_RUNTIME_DIR": str(folder),
        }
        self._data = folder / "data"
        self._program: subprocess.Popen[bytes] | None = None

    def lay_out_letters(self) -> None:
        """Give every Arabic letter a key of its own.

        For a letter that has none the tool lends it a key and takes it back, and a busy program reads it too late.
        """
        screen = self._environment["DISPLAY"]
        keys = subprocess.run(
            ["xkbcomp", screen, "-"], env=self._environment, capture_output=True, text=True, check=True
        )
        spare = re.findall(r"^\s*(<I\d+>) =", keys.stdout, re.MULTILINE)
        symbols = [f"0x5{letter.encode('iso-8859-6').hex()}" for letter in LETTERS]  # X11 numbers them by that table
        ours = "".join(f"key {key} {{ [ {symbol} ] }};\n" for key, symbol in zip(spare, symbols, strict=False))
        layout = re.sub(r"(xkb_symbols [^{]*\{)(.*?)(^\};)", rf"\1\2{ours}\3", keys.stdout, flags=re.S | re.M)
        subprocess.run(["xkbcomp", "-w", "0", "-", screen], input=layout, text=True, env=self._environment, check=True)

    def start(self) -> None:
        """Start the program and wait for its window."""
        command = [sys.executable, "-m", "sanad", "--data", str(self._data)]
        self._program = subprocess.Popen(command, env=self._environment)
        self.turn_to("سند")
        self.rest()

    def turn_to(self, title: str) -> None:
        """Give the keyboard to the window of that title, as a window manager would."""
        self._xdotool("search", "--sync", "--onlyvisible", "--name", f"^{title}$", "windowfocus")

    def stop(self) -> None:
        """Close the window by its key, and wait for the end."""
        assert self._program is not None
        self.keys("ctrl+q")
        assert self._program.wait(LONGEST) == 0
        self._program = None

    def kill(self) -> None:
        """Pull the plug, if it still runs."""
        if self._program is not None:
            self._program.kill()
            self._program.wait()

    def keys(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self._xdotool("key", "--clearmodifiers", key)
            self.rest(PRESSED)

    def type(self, text: str, then: str = "Tab") -> None:
        """Type a text, as fast as the program takes it in, and a key after it."""
        for letter in text:
            self._xdotool("type", "--delay", "60", letter)
            self.rest(PRESSED)
        self.keys(then)

    def rest(self, still: float = ANSWERED) -> None:
        """Wait until the program has stood still for so many seconds."""
        assert self._program is not None
        program, end = psutil.Process(self._program.pid), time.monotonic() + LONGEST
        worked, since = -1.0, time.monotonic()
        while time.monotonic() - since < still and time.monotonic() < end:
            time.sleep(0.02)
            if (now := sum(program.cpu_times()[:2])) > worked:
                worked, since = now, time.monotonic()

    def _xdotool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self._environment, capture_output=True, text=True, check=True, timeout=LONGEST
        )
        return done.stdout


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A virtual screen of the size of the office's, and somebody at it."""
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    person = Desk(display, tmp_path)
    person.lay_out_letters()
    yield person
    person.kill()
    screen.terminate()
    screen.wait()


def test_a_family_is_typed_paid_printed_and_found_again(desk: Desk, tmp_path: Path) -> None:
    """From the empty first page to a receipt and a printed form; tomorrow it is found by another spelling."""
    today, tomorrow = tmp_path / "today.pdf", tmp_path / "tomorrow.pdf"
    desk.start()
    _set_up(desk)
    _type_family(desk)
    desk.keys("ctrl+s")
    desk.rest()
    _pay(desk)
    _print(desk, today)
    desk.stop()

    with build(tmp_path / "data") as services:
        (family,) = services.households.search("عيسى", 5)
        study = services.households.open(family.id).study
        assert [member.name for member in study.household.members] == ["عيسى أحمد هدى", "مريم عبدالله"]
        (view,) = services.requests.of(family.id)
        (payment,) = view.payments
        assert payment.receipt is not None
        assert payment.receipt.received_by == "عيسى أحمد هدى"
        assert view.assessed is not None
        assert payment.voucher.amount == view.assessed.assessment.amount

    desk.start()
    desk.keys("F3")
    desk.type("عيسي احمد هدي", "Return")
    desk.rest()
    _print(desk, tomorrow)
    desk.stop()
    for paper in (today, tomorrow):
        text = unicodedata.normalize("NFKC", PdfReader(paper).pages[0].extract_text())
        assert "عيسى" in text


def _set_up(desk: Desk) -> None:
    """The first page: no guide is picked yet, and the second one is that of Karzakan."""
    desk.keys("Down", "Down", "Tab")
    for text in ("جمعية الواحة", "Oasis", "", "", "17001700", "", "", "", ""):
        desk.type(text)
    desk.keys("Return")
    desk.rest()


def _type_family(desk: Desk) -> None:
    """A couple with a small salary, page by page as the paper goes."""
    desk.keys("ctrl+shift+n")
    desk.rest()
    for text in ("عيسى أحمد هدى", "", "", "33124455", "800501234", "ذكر", "01/05/1980", "متزوج", "", "", "ن", "ن"):
        desk.type(text)
    desk.keys("ctrl+Next")
    desk.keys(*["Tab"] * (DWELLING + HEAD_ROW))
    for text in ("مريم عبدالله", "زوجة", "12/09/1984", "أنثى", "متزوجة"):
        desk.type(text)
    desk.keys("ctrl+Next", "ctrl+Next", "ctrl+Next")
    for text in ("عيسى", "راتب", "100", "", ""):
        desk.type(text)
    desk.keys("Tab", "space")  # past the empty table of obligations: asked, and there are none
    desk.rest()


def _pay(desk: Desk) -> None:
    """Request, assessment, decision, voucher and receipt; after each step the next one's button has the cursor."""
    desk.keys("ctrl+n")
    desk.rest()
    desk.keys("ctrl+Return")
    desk.rest()
    desk.keys("Return")  # assess
    desk.rest()
    desk.keys("Return", "Tab")  # decide
    desk.type("14/3", "ctrl+Return")
    desk.rest()
    desk.keys("Return", "ctrl+Return")  # voucher
    desk.rest()
    desk.keys("Return", "ctrl+Return")  # receipt
    desk.rest()


def _print(desk: Desk, path: Path) -> None:
    """The case study's PDF, saved from its preview."""
    desk.keys("ctrl+p")
    desk.rest()
    desk.rest()
    desk.keys("ctrl+s")
    desk.turn_to("احفظ الملف")
    desk.rest()
    desk.type(str(path), "Return")
    desk.turn_to("سند")
    end = time.monotonic() + LONGEST
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.2)
    desk.keys("Escape")
