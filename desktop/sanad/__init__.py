"""Sanad: casework for small Arabic charities, offline, on one desk.

Rooms stand on floors, and imports point down only: ``__main__``; ``bootstrap``; the faces ``ui``
and ``cli``; ``services``; the four rooms ``rules``, ``store``, ``paper``, ``exchange``; ``forms``;
``words`` and ``places``; ``domain``. A file's folder tells its floor, its name tells its subject.
"""


def __getattr__(name: str) -> str:
    """Read ``__version__`` from the installed metadata, the only place where it stands."""
    if name == "__version__":
        from importlib.metadata import version

        return version("sanad")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
