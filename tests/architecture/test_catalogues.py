"""Every message has its Chinese; the English of the code is the other language."""

import ast
import re
import subprocess
from pathlib import Path

import polib
import pytest

from tests.architecture.source import ORDER, PACKAGE, modules, nodes, slice_of

TEMPLATE_MESSAGE = re.compile(
    r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')(?:\s+context\s+"([^"]+)")?"""
)
Message = tuple[str, str]
"""The context, empty where there is none, and the id."""
KEYWORDS = (
    "gettext", "gettext_lazy", "gettext_noop", "ngettext:1,2", "ngettext_lazy:1,2",
    "ngettext_noop:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2", "_",
)  # fmt: skip


def _key(entry: polib.POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid


def chinese_messages() -> set[Message]:
    """Every message of every slice that has its Chinese."""
    translated: set[Message] = set()
    for file in PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(file)):
            if entry.translated() or entry.msgstr_plural:
                translated.add(_key(entry))
    return translated


def _messages(folder: Path, tmp_path: Path) -> set[Message]:
    """The messages that the sources of one slice use."""
    files = [str(file) for file in folder.rglob("*.py") if "migrations" not in file.parts]
    out = tmp_path / "messages.pot"
    keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
    subprocess.run(
        [
            "xgettext",
            "--language=Python",
            "--from-code=UTF-8",
            f"--output={out}",
            *keywords,
            *files,
        ],
        check=True,
    )
    used = {_key(entry) for entry in polib.pofile(str(out))} if out.exists() else set()
    for template in folder.rglob("*.html"):
        text = template.read_text()
        used |= {(context, a or b) for a, b, context in TEMPLATE_MESSAGE.findall(text)}
        used |= {("", words) for words in _blocks(text)}
    return used


def _blocks(text: str) -> list[str]:
    """Messages of `{% blocktranslate %}`, with variables as the catalogue writes them."""
    blocks = re.findall(
        r"\{%\s*blocktranslate([^%]*)%\}(.*?)\{%\s*endblocktranslate\s*%\}", text, re.DOTALL
    )
    messages = []
    for arguments, body in blocks:
        first = re.split(r"\{%\s*plural\s*%\}", body)[0]
        words = re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", first.replace("%", "%%"))
        trimmed = "trimmed" in arguments
        messages.append(re.sub(r"\s*\n\s*", " ", words.strip()) if trimmed else words)
    return messages


@pytest.mark.parametrize("name", ORDER)
def test_the_chinese_catalogue_is_complete(name: str, tmp_path: Path) -> None:
    missing = _messages(PACKAGE / name, tmp_path) - chinese_messages()
    assert sorted(missing) == []


def test_no_catalogue_holds_a_fuzzy_or_empty_entry() -> None:
    wrong = [
        f"{file.parent.parent.parent.parent.name}: {entry.msgid}"
        for file in PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(file))
        if entry.fuzzy or entry.obsolete or not entry.translated()
    ]
    assert wrong == []


def test_no_message_has_two_different_translations() -> None:
    seen: dict[tuple[str, str | None], str] = {}
    wrong = []
    for file in sorted(PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(file)):
            key = (entry.msgid, entry.msgctxt)
            if seen.setdefault(key, entry.msgstr) != entry.msgstr:
                wrong.append(f"{entry.msgid}: {seen[key]} / {entry.msgstr}")
    assert wrong == []


WRITES = ("journal.write", "journal.Act", "note", "_note", "_write")
"""Calls by which commands write in the journal, and by which a module writes alike what it does."""


def _journal_words() -> dict[str, set[str]]:
    """Verbs and names of facts that commands write in the journal as constants, by slice."""
    words: dict[str, set[str]] = {name: set() for name in ORDER}
    for file, tree in modules():
        for node in nodes(tree):
            named = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and named in WRITES:
                words[slice_of(file)] |= {
                    part.value
                    for part in node.args
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
                named_facts = {keyword.arg for keyword in node.keywords if keyword.arg}
                words[slice_of(file)] |= named_facts if named.startswith("journal.") else set()
    return words


def test_the_journal_speaks_chinese_from_the_catalogue_of_who_writes_or_of_a_slice_below() -> None:
    words = _journal_words()
    assert "registration.accepted" in words["registration"]
    known: set[str] = set()
    for name in ORDER:
        file = PACKAGE / name / "locale/zh_Hans/LC_MESSAGES/django.po"
        if file.exists():
            known |= {
                entry.msgid for entry in polib.pofile(str(file)) if entry.msgctxt == "journal"
            }
        assert sorted(words[name] - known) == []
