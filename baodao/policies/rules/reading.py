"""Reading a policy: text to shapes; what is wrong is told with line, word and the nearest right
word, all of it at once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

import yaml

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.phrases import Phrase, listed
from baodao.policies.rules.grammar import PolicyNode, RuleSet
from baodao.policies.rules.shapes import NUMBER, Expected, ShapePart, marked_part, parts_of

MOST_CHARACTERS = 200_000
MOST_DEPTH = 40
EXCERPT = 40
_NUMBER = re.compile(r"[-+]?\d{1,12}(\.\d{1,6})?(/\d{1,6})?")
_FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
_NOTHING = object()


@dataclass(frozen=True)
class Misprint:
    """One thing that is wrong: where, counted from 1, and what."""

    line: int
    column: int
    phrase: Phrase


class Misprints(Exception):
    """The document cannot be taken as it is; all that is wrong, in the order of its lines."""

    def __init__(self, misprints: Iterable[Misprint]) -> None:
        self.misprints = sorted(misprints, key=lambda one: (one.line, one.column))
        super().__init__(f"{len(self.misprints)} misprints")


def nearest(word: str, known: Iterable[str]) -> str:
    """The right word that is most like one, "" where none is like it."""
    close = get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.5)
    return close[0] if close else ""


def unknown_word(
    word: str, known: Iterable[str], meanings: Mapping[str, Code] | None = None
) -> Phrase:
    """That a word is none of those that may stand there, and which one was meant or may be; of
    words with a meaning, with that."""
    words = {one: _with_meaning(one, (meanings or {}).get(one)) for one in sorted(known)}
    near = nearest(word, words)
    if near:
        message = gettext_noop("“%(word)s” is not known here. Did you mean “%(near)s”?")
        return Phrase(message, {"word": word[:EXCERPT], "near": words[near]})
    message = gettext_noop("“%(word)s” is not known here. It may be: %(words)s.")
    return Phrase(message, {"word": word[:EXCERPT], "words": listed(words.values(), ", ")})


def _with_meaning(word: str, meaning: Code | None) -> object:
    if meaning is None:
        return word
    message = gettext_noop("%(word)s (%(meaning)s)")
    return Phrase(message, {"word": word, "meaning": Phrase(meaning.words)})


def read(text: str) -> RuleSet:
    """The policy that a text says. Raises `Misprints`.

    Names that it uses are looked for by `rules.checks`; `rules.documents.read_policy` does both.
    """
    return PolicyReader().document(text)


class PolicyReader:
    """Reads one document and collects what is wrong in it."""

    def __init__(self) -> None:
        self.misprints: list[Misprint] = []

    def document(self, text: str) -> RuleSet:
        """The whole."""
        root = self._root(text)
        value = self._shape(root, RuleSet) if root is not None else _NOTHING
        if self.misprints or not isinstance(value, RuleSet):
            raise Misprints(self.misprints)
        return value

    def _root(self, text: str) -> yaml.Node | None:
        if len(text) > MOST_CHARACTERS:
            message = gettext_noop("The document is longer than %(most)s characters.")
            self._wrong(None, Phrase(message, {"most": MOST_CHARACTERS}))
            return None
        try:
            self._check_events(text)
            root = None if self.misprints else yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            if wide := _wide_mark(text):
                self.misprints.append(wide)
                return None
            message = gettext_noop(
                "This line cannot be read: look for a missing colon, a bracket or quotation mark "
                "that is not closed, or lines that are not indented alike."
            )
            mark = error.problem_mark or error.context_mark
            self.misprints.append(_misprint(mark, Phrase(message)))
            return None
        except (yaml.YAMLError, UnicodeError, ValueError):
            message = gettext_noop("The document holds characters that no text has.")
            self._wrong(None, Phrase(message))
            return None
        if root is None and not self.misprints:
            self._wrong(None, Phrase(gettext_noop("The document is empty.")))
        return root

    def _check_events(self, text: str) -> None:
        """Refuse what a policy does not need and what can be made to grow or to run in a ring."""
        depth = documents = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            documents += isinstance(event, yaml.DocumentStartEvent)
            anchor = getattr(event, "anchor", None)
            if anchor or depth > MOST_DEPTH or documents > 1:
                message = gettext_noop(
                    "Anchors, several documents in one and more than %(most)s levels are not read."
                )
                self.misprints.append(
                    _misprint(event.start_mark, Phrase(message, {"most": MOST_DEPTH}))
                )
                return

    def _wrong(self, node: yaml.Node | None, phrase: Phrase) -> object:
        self.misprints.append(_misprint(node.start_mark if node else None, phrase))
        return _NOTHING

    def _value(self, node: yaml.Node, expected: Expected, part: ShapePart) -> Any:
        if expected.items:
            nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
            return tuple(self._value(one, expected.items, part) for one in nodes)
        if expected.named:
            return self._named(node, expected.named, part)
        if expected.shapes:
            return self._shape(node, *expected.shapes)
        if not isinstance(node, yaml.ScalarNode):
            message = gettext_noop("“%(key)s” takes one value here, no list and no parts.")
            return self._wrong(node, Phrase(message, {"key": part.key}))
        if expected.words:
            codes = {str(one.value): one for one in expected.words}
            known = codes.get(node.value)
            return known or self._wrong(node, unknown_word(node.value, codes, codes))
        return self._bounded(node, self._scalar(node, expected.scalar, part), part)

    def _bounded(self, node: yaml.ScalarNode, value: Any, part: ShapePart) -> Any:
        least, most = part.marks.get("least"), part.marks.get("most")
        if not isinstance(value, int | Fraction) or (least is None and most is None):
            return value
        if least is not None and value < least:
            message = gettext_noop("“%(key)s” is %(value)s; the least is %(least)s.")
        elif most is not None and value > most:
            message = gettext_noop("“%(key)s” is %(value)s; the most is %(most)s.")
        else:
            return value
        facts = {"key": part.key, "value": node.value, "least": least, "most": most}
        return self._wrong(node, Phrase(message, facts))

    def _scalar(self, node: yaml.ScalarNode, kind: str, part: ShapePart) -> Any:
        text = node.value.strip()
        if kind == "text":
            return text or self._wrong(node, _expects(part, gettext_noop("a text")))
        if kind == "yes-or-no":
            flag = _FLAGS.get(text.lower())
            return (
                self._wrong(node, _expects(part, gettext_noop("true / false")))
                if flag is None
                else flag
            )
        if kind == "day":
            try:
                return date.fromisoformat(text)
            except ValueError:
                return self._wrong(node, _expects(part, gettext_noop("a day such as 2026-07-01")))
        number = _number(text)
        if number is None or (kind != NUMBER and not isinstance(number, int)):
            words = gettext_noop("a number") if kind == NUMBER else gettext_noop("a whole number")
            return self._wrong(node, _expects(part, words))
        return number

    def _entries(self, node: yaml.MappingNode) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        entries: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._wrong(key, Phrase(gettext_noop("A name must be one word.")))
            elif key.value in entries:
                message = gettext_noop("“%(word)s” stands here twice.")
                self._wrong(key, Phrase(message, {"word": key.value}))
            else:
                entries[key.value] = (key, value)
        return list(entries.values())

    def _named(self, node: yaml.Node, inner: Expected, part: ShapePart) -> Any:
        if not isinstance(node, yaml.MappingNode):
            message = gettext_noop("“%(key)s” takes lines of the form “name: value”.")
            return self._wrong(node, Phrase(message, {"key": part.key}))
        return {key.value: self._value(value, inner, part) for key, value in self._entries(node)}

    def _shape(self, node: yaml.Node, *shapes: type[PolicyNode]) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._short(node, shapes)
        if not isinstance(node, yaml.MappingNode):
            message = gettext_noop("A list does not fit here; write one value or its parts.")
            return self._wrong(node, Phrase(message))
        keys = [*dict.fromkeys(str(key.value) for key, _ in node.value)]
        heads = {head.key: one for one in shapes if (head := marked_part(one, "head"))}
        here = [heads[key] for key in keys if key in heads]
        if len(shapes) == 1:
            return self._parts(node, shapes[0])
        if len(here) == 1:
            return self._parts(node, here[0])
        if here:
            message = gettext_noop("Only one of these can stand here: %(words)s.")
            words = listed((key for key in keys if key in heads), ", ")
            return self._wrong(node, Phrase(message, {"words": words}))
        wrong = next((key for key in keys if nearest(key, heads)), keys[0] if keys else "")
        at = next((key for key, _ in node.value if key.value == wrong), node)
        return self._wrong(at, unknown_word(wrong, heads))

    def _short(self, node: yaml.ScalarNode, shapes: tuple[type[PolicyNode], ...]) -> Any:
        for shape in shapes:
            short = marked_part(shape, "short")
            if short is None:
                continue
            value = self._value(node, short.expected, short)
            if value is _NOTHING:
                return value
            return shape(**{short.attribute: value}, line=node.start_mark.line + 1)
        message = gettext_noop("“%(word)s” cannot stand here alone; write its parts below it.")
        return self._wrong(node, Phrase(message, {"word": node.value[:EXCERPT]}))

    def _parts(self, node: yaml.MappingNode, shape: type[PolicyNode]) -> Any:
        parts, values = parts_of(shape), dict[str, Any]()
        for key, value in self._entries(node):
            part = parts.get(key.value)
            if part is None:
                self._wrong(key, unknown_word(key.value, parts))
            else:
                values[part.attribute] = self._value(value, part.expected, part)
        for part in parts.values():
            if part.is_needed and part.attribute not in values:
                message = gettext_noop("“%(key)s” is missing here.")
                self._wrong(node, Phrase(message, {"key": part.key}))
                values[part.attribute] = _NOTHING
        if any(value is _NOTHING for value in values.values()):
            return _NOTHING
        return shape(**values, line=node.start_mark.line + 1)


_WIDE = re.compile(r"^\s*(?:- )?[\w-]+\s*(：)|[\w}\]]\s*(，)\s*[\w-]+\s*[:：]|[,{]\s*[\w-]+\s*(：)")


def _wide_mark(text: str) -> Misprint | None:
    """Where a Chinese colon or comma stands in the place of a plain one, or a tab in that of
    spaces, in a text that cannot be read."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip(" ").startswith("\t"):
            message = gettext_noop("The line begins with a tab. Write spaces instead.")
            return Misprint(number, 1, Phrase(message))
        if match := _WIDE.search(line.partition("#")[0]):
            place = next(at for at in (1, 2, 3) if match[at])
            message = gettext_noop(
                "“%(mark)s” is a Chinese mark. Write “%(plain)s” with a space after it instead."
            )
            plain = {"：": ":", "，": ","}[match[place]]
            facts = {"mark": match[place], "plain": plain}
            return Misprint(number, match.start(place) + 1, Phrase(message, facts))
    return None


def _expects(part: ShapePart, words: str) -> Phrase:
    message = gettext_noop("“%(key)s” takes %(words)s.")
    return Phrase(message, {"key": part.key, "words": Phrase(words)})


def _number(text: str) -> int | Fraction | None:
    if not _NUMBER.fullmatch(text) or text.endswith("/0"):
        return None
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None if "/" in text and "." not in text else _quotient(text)
    return int(number) if number.denominator == 1 else number


def _quotient(text: str) -> int | Fraction | None:
    above, _, below = text.partition("/")
    if not below or not int(below):
        return None
    number = Fraction(above) / int(below)
    return int(number) if number.denominator == 1 else number


def _misprint(mark: Any, phrase: Phrase) -> Misprint:
    return Misprint(mark.line + 1, mark.column + 1, phrase) if mark else Misprint(1, 1, phrase)
