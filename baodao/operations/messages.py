"""Compile the message catalogues named on the command line; needs no gettext on the system."""

import sys
from collections.abc import Sequence
from pathlib import Path

import polib


def compile_catalogue(source: Path) -> Path:
    """Write the `.mo` beside `source`, complete before it has its name; fuzzy entries stay out."""
    compiled = source.with_suffix(".mo")
    draft = compiled.with_suffix(".mo.part")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    return draft.rename(compiled)


def main(arguments: Sequence[str]) -> int:
    """Compile each; the exit code is 0."""
    for argument in arguments:
        compile_catalogue(Path(argument))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
