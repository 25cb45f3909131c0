"""Where files lie: what is shipped with the program, and the user's own data folder.

The only module that knows whether the program runs from its source tree or from the frozen bundle.
It names folders; it makes none and reads none. `bootstrap` and the faces hand the paths on.
"""

import sys
from pathlib import Path


def shipped() -> Path:
    """The folder that holds `resources` and `forms`: the bundle's own, or the top of the source tree."""
    bundle = getattr(sys, "_MEIPASS", None)  # set by PyInstaller in a frozen program
    return Path(bundle) if bundle else Path(__file__).resolve().parents[2]


def forms() -> Path:
    """The form definitions, one TOML file each."""
    return shipped() / "forms"


def fonts() -> Path:
    """The TrueType files of screen and paper."""
    return shipped() / "resources" / "fonts"


def icons() -> Path:
    """The SVG icons of the window."""
    return shipped() / "resources" / "icons"


def theme() -> Path:
    """The colours, sizes and type of the window."""
    return shipped() / "resources" / "theme"


def locale() -> Path:
    """The word catalogues, `<language>/LC_MESSAGES/sanad.mo`."""
    return shipped() / "resources" / "locale"


def policies() -> Path:
    """The shipped policy packs, a folder each."""
    return shipped() / "resources" / "policies"


def own_policies(data_folder: Path) -> Path:
    """The office's own packs in its data folder, a folder each."""
    return data_folder / "policies"


def sample() -> Path:
    """The made-up families of the demonstration, as case files."""
    return shipped() / "resources" / "sample"


def help_texts() -> Path:
    """The user guide, one Markdown file a language."""
    return shipped() / "resources" / "help"


def common_passwords() -> Path:
    """Lists of words that no password may be made of."""
    return shipped() / "resources" / "passwords"


def data_folder() -> Path:
    """The platform's own place for the user's data, where nobody has named another."""
    from platformdirs import user_data_path  # not needed when the folder is named

    return user_data_path("sanad", appauthor=False)


def memory() -> Path:
    """What this computer remembers of the user beside the data, on every system outside of :func:`data_folder`."""
    from platformdirs import user_state_path

    return user_state_path("sanad-memory", appauthor=False)
