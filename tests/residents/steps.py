"""Short ways to files of households, for tests that begin in the middle."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.kernel import clock
from baodao.residents.commands.files import add_household
from baodao.residents.commands.measures import plan_measure
from baodao.residents.commands.people import add_resident
from baodao.residents.models import HouseholdFile, SupportMeasure
from baodao.residents.rules.entries import HouseholdEntry
from baodao.residents.rules.households import (
    FileBasisFacts,
    MeasureFacts,
    ResidentFacts,
    SupportFacts,
)
from tests.world import World

GAO = HouseholdEntry("高凤英", "独子重病，本人腿脚不便", "19900008881", "柳荫里8号楼3单元402")
SON = ResidentFacts("高建国", 1970, "child")
PLAN = "陪同办理大病救助申请"
SECRETS = ("高凤英", "19900008881", "8号楼3单元402", "独子重病", "高建国", "高小满", PLAN)


def grandchild() -> ResidentFacts:
    """Of eight years."""
    return ResidentFacts("高小满", clock.today().year - 8, "grandchild")


def day(number: int) -> date:
    """A day from today on."""
    return clock.today() + timedelta(days=number)


def basis(days: int = 365, kind: str = "consent") -> FileBasisFacts:
    """A basis of today, for so many days."""
    return FileBasisFacts(kind, "本人书面同意，告知书第1版", clock.today(), day(days))


def on(world: World, at: str = "city") -> World:
    """Files are switched on, with an impact assessment on file."""
    world.turned_on(HOUSEHOLD_FILES, at)
    return world


def file(world: World, entry: HouseholdEntry = GAO, **words: Any) -> HouseholdFile:
    """An makes the file of an old woman whose son is ill."""
    support = SupportFacts(
        words.pop("categories", ["illness", "alone"]), words.pop("grade", "close")
    )
    return add_household(
        world.actor(words.pop("who", "an")),
        community_id=words.pop("place", world.willow).pk,
        entry=entry,
        support=support,
        basis=words.pop("basis", basis()),
        **words,
    )


def full_file(world: World, entry: HouseholdEntry = GAO) -> HouseholdFile:
    """The file with the son, a grandchild that Ji wrote down, and a measure."""
    row = file(world, entry)
    add_resident(world.actor("an"), file_id=row.pk, resident=SON)
    add_resident(world.actor("ji"), file_id=row.pk, resident=grandchild())
    measure(world, row)
    return row


def measure(world: World, row: HouseholdFile) -> SupportMeasure:
    """An plans to go with her to apply for aid, within ten days."""
    facts = MeasureFacts("aid", PLAN, day(10), "网格员小周")
    return plan_measure(world.actor("an"), file_id=row.pk, measure=facts)


def values_of(world: World, name: str = GAO.name, phone: str = GAO.phone) -> dict[str, UUID]:
    """What addresses of files point at: the file of a household of this name."""
    row = full_file(on(world), replace(GAO, name=name, phone=phone))
    return {
        "household_file_id": row.pk,
        "resident_id": row.residents.order_by("added_at").first().pk,  # type: ignore[union-attr]
        "measure_id": row.measures.get().pk,
    }
