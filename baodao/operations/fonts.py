"""Fonts for documents, fetched once: a full Song face, and FangSong where Debian carries it.

Standard library only; a child process of `baodao run`, so that the first page never waits for it.
Pages use system fonts and need none of this. `python -m baodao.operations.fonts [FOLDER]`
"""

import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from baodao.operations.bootstrap import ROOT, SetUpError, npm

SYSTEM = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
    Path.home() / ".local" / "share" / "fonts",
    Path.home() / "Library" / "Fonts",
)
SONG = ("NotoSerifCJK", "NotoSerifSC", "SourceHanSerif", "simsun", "Songti", "FZXBS")
FANGSONG = ("FandolFang", "simfang", "STFangsong", "FZFS", "仿宋")
SUFFIXES = {".otf", ".ttf", ".ttc"}
# name on Debian or npm, size in MB, the files wanted
SONG_DEBIAN = ("fonts-noto-cjk", 57)
SONG_DEBIAN_FILES = ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "cjk/copyright")
SONG_NPM = ("@expo-google-fonts/noto-serif-sc@0.4.3", 69)
SONG_NPM_FILES = ("NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf", "LICENSE_FONT")
FANGSONG_DEBIAN = ("texlive-lang-chinese", 50)
FANGSONG_FILES = ("FandolFang-Regular.otf", "fandol/COPYING.gz")


def folders(var: Path) -> list[Path]:
    """Where documents look for fonts, in order: the operator's folder, ours, the system's."""
    own = os.environ.get("BAODAO_FONTS")
    return [*([Path(own)] if own else []), var / "fonts", *SYSTEM]


def find(names: Iterable[str], places: Iterable[Path]) -> Path | None:
    """The first font file whose name begins as one of `names`."""
    beginnings = tuple(name.lower() for name in names)
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else ():
            if file.suffix.lower() in SUFFIXES and file.name.lower().startswith(beginnings):
                return file
    return None


def fetch(var: Path) -> bool:
    """Fetch what is missing; True when a Song face is there afterwards."""
    places = folders(var)
    own = var / "fonts"
    song, npm, fangsong = SONG_DEBIAN, SONG_NPM, FANGSONG_DEBIAN
    if not find(SONG, places):
        _step("Song face 宋体", *song, lambda: _from_debian(song[0], SONG_DEBIAN_FILES, own))
    if not find(SONG, places):
        _step("Song face 宋体", *npm, lambda: _from_npm(own))
    if not find(FANGSONG, places):
        _step(
            "FangSong face 仿宋", *fangsong, lambda: _from_debian(fangsong[0], FANGSONG_FILES, own)
        )
    return find(SONG, places) is not None


def _step(label: str, package: str, megabytes: int, act: Callable[[], None]) -> None:
    """Run `act`, saying what is fetched and how it ended; a failure leaves the next way open."""
    print(f"  {label}: fetching {package}, about {megabytes} MB …", flush=True)
    began = time.monotonic()
    try:
        act()
        print(f"  {label}: ready after {time.monotonic() - began:.0f} s", flush=True)
    except (OSError, SetUpError, subprocess.CalledProcessError, tarfile.TarError) as failure:
        print(f"  {label}: not from there ({failure})", flush=True)


def _quiet(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    environment = {**os.environ, **(env or {})}
    subprocess.run(command, cwd=cwd, env=environment, check=True, capture_output=True)


def _from_npm(fonts: Path) -> None:
    command, env = npm()
    with tempfile.TemporaryDirectory() as scratch:
        pack = [*command, "pack", SONG_NPM[0], "--silent", "--pack-destination", scratch]
        _quiet(*pack, cwd=ROOT, env=env)
        with tarfile.open(next(Path(scratch).glob("*.tgz"))) as packed:
            _take(packed, SONG_NPM_FILES, fonts)


def _from_debian(package: str, files: tuple[str, ...], fonts: Path) -> None:
    """Only the font files out of the Debian package: nothing is installed, root is not needed."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise OSError("only Debian carries it; docs/operations/install.md says what else there is")
    if os.geteuid() == 0 and not any(Path("/var/lib/apt/lists").glob("*Packages*")):
        _quiet("apt-get", "update", "-q")
    with tempfile.TemporaryDirectory() as scratch:
        _quiet("apt-get", "download", "-q", package, cwd=Path(scratch))
        unpack = ["dpkg-deb", "--fsys-tarfile", str(next(Path(scratch).glob("*.deb")))]
        with (
            subprocess.Popen(unpack, stdout=subprocess.PIPE) as stream,
            tarfile.open(fileobj=stream.stdout, mode="r|") as pack,
        ):
            _take(pack, files, fonts)


def _take(pack: tarfile.TarFile, endings: tuple[str, ...], folder: Path) -> None:
    """Copy the members whose path ends so, each complete before it has its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for member in pack:
        if not (member.isfile() and member.name.endswith(endings)):
            continue
        content = pack.extractfile(member)
        draft = folder / (Path(member.name).name + ".part")
        with draft.open("wb") as out:
            shutil.copyfileobj(content, out)  # type: ignore[arg-type]
        draft.rename(draft.with_suffix(""))


def main() -> int:
    """Fetch into the folder given, or into the repository's `var`."""
    os.nice(10)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that scratch folders go, too
    var = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var"
    if fetch(var):
        return 0
    print("  No Song face: letters cannot be printed yet; `baodao doctor` says what to do.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
