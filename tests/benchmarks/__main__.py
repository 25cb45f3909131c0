"""Run every benchmark of this folder, one after the other, each in a process of its own.

A benchmark is a module with `main()`, which measures both sides of a ratio in one run, interleaved, and prints one
line, `name: ratio (target)`. It returns whether the ratio kept its target. To add one, add the module.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Print a line for each benchmark; the status tells whether all kept their targets."""
    kept = True
    for module in sorted(HERE.glob("[a-z]*.py")):
        code = f"import sys; from tests.benchmarks.{module.stem} import main; sys.exit(0 if main() else 1)"
        kept &= subprocess.run([sys.executable, "-c", code], cwd=HERE.parents[1], check=False).returncode == 0
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
