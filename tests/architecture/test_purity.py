"""Rules are pure: neither they nor the tests that `make rules` runs load Django."""

import re
import subprocess
import sys

from tests.environment import ROOT

ALONE = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
    loaded = sorted(one for one in sys.modules if one.partition(".")[0] == "django")
    assert not loaded, f"{name} loads {loaded[0]}"
"""


def _dotted(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _load(names: list[str]) -> None:
    """Import them in a fresh interpreter; what loads Django is named."""
    command = [sys.executable, "-c", ALONE, *names]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2_000:]


def test_rules_and_authorisation_load_no_django() -> None:
    files = [*ROOT.glob("baodao/*/rules.py"), *ROOT.glob("baodao/*/rules/**/*.py")]
    names = sorted(_dotted(str(file.relative_to(ROOT))) for file in files)
    assert len(names) > 100
    _load([*names, "baodao.kernel.authz"])


def test_the_tests_of_rules_load_no_django() -> None:
    shown = subprocess.run(
        ["make", "-n", "rules"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    files = re.findall(r"tests/\w+/test_\w+\.py", shown)
    assert "tests/registration/test_rules.py" in files
    _load([_dotted(file) for file in files])


def test_what_loads_django_is_noticed() -> None:
    command = [sys.executable, "-c", ALONE, "baodao.kernel.days", "baodao.kernel.scope"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "baodao.kernel.scope loads django" in ended.stderr
