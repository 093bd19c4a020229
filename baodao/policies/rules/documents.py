"""A policy as a document: read and checked as a whole, and known by the digest of its text."""

from hashlib import sha256

from baodao.policies.rules import checks, grammar
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.reading import Misprints, read

SWITCHES = ("points", "stars")


def read_policy(text: str) -> RuleSet:
    """The policy, ready to be applied. Raises `Misprints` with all that is wrong in it."""
    rules = read(text)
    if misprints := checks.check(rules):
        raise Misprints(misprints)
    return rules


def digest_of(text: str) -> str:
    """By which a version is known: the SHA-256 of its text, line ends made alike."""
    return sha256("\n".join(text.splitlines()).encode()).hexdigest()


def switches_of(rules: RuleSet) -> list[str]:
    """Which switches must be on before it may be adopted for persons (国办函〔2026〕12号): points
    that are summed up of somebody, stars that somebody gets."""
    kinds = {"points": False, "stars": rules.outcome.stars is not None}
    for node in checks.nodes_in(rules):
        if isinstance(node, grammar.Tally | grammar.Total | grammar.Best):
            kinds["points"] = kinds["points"] or node.unit == "points"
    return [name for name in SWITCHES if kinds[name]]
