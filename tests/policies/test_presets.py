"""Policies that real authorities wrote, each against its worked examples."""

from datetime import date

import jsonschema_rs
import pytest
import yaml
from django.utils import translation

from baodao.policies.rules.assessments import Assessment, assess
from baodao.policies.rules.explanations import sentences_of
from baodao.policies.rules.reasons import reason_of
from baodao.policies.rules.schema import schema
from baodao.ui.wording import spoken
from tests.policies.examples import NAMES, PRESETS, Example, examples, preset

ALL = list(examples())


def _assessed(example: Example) -> Assessment:
    contents = example.contents
    return assess(preset(example.preset), example.facts, contents["day"], contents.get("about"))


@pytest.mark.parametrize("example", ALL, ids=str)
def test_a_worked_example_comes_out(example: Example) -> None:
    assessment, expected = _assessed(example), example.contents
    outcome = {
        "applies": assessment.applies,
        "state": assessment.state.value if assessment.state else None,
        "grade": assessment.grade,
        "star": assessment.star,
        "value": assessment.value,
        "extended": assessment.extended,
        "follows": [one.says for one in assessment.consequences],
        "votes": list(assessment.votes),
        "counted": len(assessment.counted),
        "left_out": {one.id: one.why for one in assessment.left_out},
    }
    assert outcome == outcome | {key: expected[key] for key in outcome if key in expected}
    if "reason" in expected:
        assert assessment.result
        with translation.override("zh-hans"):
            assert (
                spoken(reason_of(assessment.result, preset(example.preset))) == (expected["reason"])
            )


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_has_examples_at_and_below_its_bound(name: str) -> None:
    states = {
        (one.contents.get("state"), one.contents.get("grade"), one.contents.get("star"))
        for one in ALL
        if one.preset == name
    }
    assert len(states) > 1


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_keeps_the_published_schema(name: str) -> None:
    validator = jsonschema_rs.validator_for(schema())
    text = (PRESETS / f"{name}.yaml").read_text()
    errors = list(validator.iter_errors(_as_json(yaml.safe_load(text))))
    assert errors == []


def _as_json(value: object) -> object:
    """Days as texts, as a document in JSON writes them."""
    if isinstance(value, dict):
        return {str(key): _as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_is_explained_in_chinese_words(name: str) -> None:
    with translation.override("zh-hans"):
        text = "\n".join(spoken(one) for one in sentences_of(preset(name)))
    labels = preset(name).name + preset(name).number
    latin = {word for word in text.split() if word.isascii() and word.isalpha() and len(word) > 2}
    assert latin - {*labels.split()} == set()
    assert "%(" not in text
