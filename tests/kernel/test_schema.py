"""What a migration makes is put beside what is there, as Django would have it."""

from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from baodao.kernel.schema import _into_nothing

Picture = dict[str, list[tuple[str, str, str]]]


def _model(name: str, *pointing: str) -> migrations.CreateModel:
    keys = [(one.lower(), models.ForeignKey(f"tried.{one}", models.CASCADE)) for one in pointing]
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *keys])


STEPS = (
    _model("Place"),
    _model("Person", "Place"),
    _model("Letter", "Person", "Place"),
    migrations.AddField("Place", "above", models.ForeignKey("tried.Place", models.CASCADE)),
    migrations.AddField("Place", "name", models.TextField(default="")),
    _model("Card", "Letter"),
    migrations.AddIndex("Person", models.Index(fields=["place"], name="persons_of_place")),
    migrations.RenameField("Letter", "person", "member"),
    migrations.DeleteModel("Card"),
    _model("Card", "Place"),
)


def _picture(state: ProjectState) -> Picture:
    """Of each model its columns, where they point to, and who points at it."""
    found = {}
    for model in state.apps.get_models():
        own, others = model._meta.local_fields, model._meta.related_objects
        columns = [(one.column, one.db_type(connection) or "", _target(one)) for one in own]
        pointing = [(one.related_model.__name__, one.name, "") for one in others]
        found[model.__name__] = sorted(columns) + sorted(pointing)
    return found


def _target(field: models.Field) -> str:
    return field.target_field.model.__name__ if field.is_relation else ""


def _pictures() -> list[Picture]:
    """After each step."""
    state = ProjectState()
    assert state.apps.get_models() == []
    pictures = []
    for step in STEPS:
        state.clone()  # as a migration keeps what was before each step
        step.state_forwards("tried", state)
        pictures.append(_picture(state))
    return pictures


def test_the_models_are_those_that_django_makes_at_every_step() -> None:
    plain = _pictures()
    with _into_nothing():
        assert _pictures() == plain
    assert [len(picture) for picture in plain] == [1, 2, 3, 3, 3, 4, 4, 4, 3, 4]


def test_those_that_are_there_are_not_made_anew_for_one_more() -> None:
    state = ProjectState()
    with _into_nothing():
        for step in STEPS[:2]:
            step.state_forwards("tried", state)
        before = state.apps.get_model("tried", "Person")
        _model("Visit", "Person").state_forwards("tried", state)
        assert state.apps.get_model("tried", "Person") is before
