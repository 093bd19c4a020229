"""The source of the project as trees, for the checks that the import linter cannot make."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "baodao"


def _order() -> tuple[str, ...]:
    """The slices there are, lowest first, as the import linter's first contract lists them."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    listed = "|".join(reversed(linter["contracts"][0]["layers"]))
    names = (name.strip(" ()") for name in listed.split("|"))
    return tuple(name for name in names if (PACKAGE / name).is_dir())


ORDER = _order()


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Every module of the package but migrations, parsed."""
    files = sorted(file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts)
    return tuple((file, ast.parse(file.read_text())) for file in files)


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """All nodes of a module: to find them again takes longer than what most checks do with them."""
    return tuple(ast.walk(tree))


def slice_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0]


@cache
def imports(tree: ast.Module) -> tuple[tuple[str, str, int], ...]:
    """(module, name, line) of every `from … import …`, and (module, "", line) of `import …`."""
    return tuple(_imports(tree))


def _imports(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    for node in nodes(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, alias.name, node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, "", node.lineno
