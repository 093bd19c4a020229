"""The source of the project as trees, for the checks that the import linter cannot make."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "baodao"
ORDER = (
    "kernel",
    "ui",
    "orgs",
    "documents",
    "people",
    "accounts",
    "notices",
    "registration",
    "ledger",
    "offers",
    "attendance",
    "appraisal",
    "insight",
    "home",
    "demo",
    "config",
)
"""The slices, lowest first, as in `pyproject.toml`."""


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Every module of the package but migrations, parsed."""
    files = sorted(file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts)
    return tuple((file, ast.parse(file.read_text())) for file in files)


def slice_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0]


def imports(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    """(module, name, line) of every `from … import …`, and (module, "", line) of `import …`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, alias.name, node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, "", node.lineno
