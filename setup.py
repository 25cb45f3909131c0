"""The build step setuptools does not know by itself: compile the word catalogues.

Everything else about the build stands in pyproject.toml. Running it here lets a plain
``pip install -e .`` leave a program that has its words, on Windows too.
"""

from babel.messages.setuptools_frontend import compile_catalog
from setuptools import setup
from setuptools.command.build import build

build.sub_commands = [("compile_catalog", None), *build.sub_commands]
setup(
    cmdclass={"compile_catalog": compile_catalog},
    options={"compile_catalog": {"directory": "resources/locale", "domain": "sanad"}},
)
