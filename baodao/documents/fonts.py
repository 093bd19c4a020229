"""The faces official forms are set in: found in folders and the system, never shipped.

Looked for in `BAODAO_FONTS`, in `var/fonts`, then where the system keeps its own. A FangSong face
and 小标宋 are used when they are there; what they lack falls back to a Song face, which must be.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from baodao.kernel.errors import Refused, gettext_noop

TITLE = (
    "方正小标宋_GBK",
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05",
    "FZXiaoBiaoSong-B05S",
)
FANG = (
    "仿宋_GB2312",
    "FangSong_GB2312",
    "仿宋",
    "FangSong",
    "STFangsong",
    "FZFangSong-Z02",
    "FandolFang R",
    "FandolFang",
)
SONG = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Noto Serif SC",
    "思源宋体",
    "SimSun",
    "宋体",
    "Songti SC",
    "STSong",
)
HEI = (
    *("黑体", "SimHei", "STHeiti", "Heiti SC", "FandolHei"),
    *("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "思源黑体"),
)
KAI = (
    *("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "Kaiti SC"),
    *("FandolKai R", "FandolKai"),
)
"""The faces of the headings 一、 and （一） of official documents."""
SPARE = (
    *("SimSun-ExtB", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    *("Noto Sans Symbols2", "Noto Sans Symbols 2", "Noto Sans Symbols", "Noto Emoji", "Symbola"),
    *("Segoe UI Symbol", "DejaVu Sans"),
)
"""Behind the Song face: rare ideographs, then symbols and emoji in black."""


@dataclass(frozen=True)
class Faces:
    """Families by use, each with its fallbacks behind it."""

    title: tuple[str, ...]
    title_weight: str
    body: tuple[str, ...]
    song: tuple[str, ...]
    hei: tuple[str, ...]
    kai: tuple[str, ...]


def folders() -> list[Path]:
    """The folders of our own that exist, the operator's first."""
    named = (Path(part) for part in settings.FONTS.split(os.pathsep) if part)
    folders = [*named, _own_folder()]
    return [folder for folder in folders if folder.is_dir()]


def _own_folder() -> Path:
    return Path(settings.VAR) / "fonts"


def _stamp() -> tuple[tuple[str, float], ...]:
    return tuple((str(folder), folder.stat().st_mtime) for folder in folders())


@cache
def _fonts(stamp: tuple[tuple[str, float], ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=True,
        include_embedded_fonts=False,
        font_paths=[folder for folder, _ in stamp],
    )


def collection() -> typst.Fonts:
    """Every face found; looked for again when one of our folders has changed."""
    return _fonts(_stamp())


def available() -> frozenset[str]:
    """The names of the families found."""
    return frozenset(collection().families())


def faces() -> Faces:
    """The families to set forms in; refused when there is no Chinese Song face.

    Without one the folders are read again, since a face may have been installed meanwhile.
    """
    faces = available()
    if not faces.intersection(SONG):
        _fonts.cache_clear()
        faces = available()
    spare = tuple(family for family in SPARE if family in faces)
    song = tuple(family for family in SONG if family in faces)
    if not song:
        raise Refused(
            "font.missing",
            gettext_noop(
                "No Chinese Song typeface is installed, so forms cannot be printed. Install one: "
                "“apt-get install fonts-noto-cjk”, or put its files into %(folder)s."
            ),
            folder=str(_own_folder()),
        )
    title = tuple(family for family in TITLE if family in faces)
    fang = tuple(family for family in FANG if family in faces)
    return Faces(
        title=(*title, *song, *spare),
        title_weight="regular" if title else "bold",
        body=(*fang, *song, *spare),
        song=(*song, *spare),
        hei=(*(family for family in HEI if family in faces), *song, *spare),
        kai=(*(family for family in KAI if family in faces), *fang, *song, *spare),
    )
