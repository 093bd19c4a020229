"""Compile the message catalogues named on the command line; needs no gettext on the system."""

import sys
from pathlib import Path

import polib


def compile_catalogue(source: Path) -> Path:
    """Write the `.mo` beside `source`, complete before it has its name; fuzzy entries stay out."""
    made = source.with_suffix(".mo")
    draft = made.with_suffix(".mo.part")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    return draft.rename(made)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        compile_catalogue(Path(argument))
