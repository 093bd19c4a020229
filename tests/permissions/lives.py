"""What waits for a second person or another unit, and what a unit keeps of its own."""

from datetime import date
from typing import Any

from baodao.accounts.queries import operator
from baodao.adoptions.commands.adoptions import AdoptionTerms, adopt
from baodao.adoptions.models import PolicyResult
from baodao.divisions.models import DivisionImport
from baodao.identities.commands.corrections import propose_number
from baodao.identities.commands.merges import propose_merge
from baodao.identities.models import NumberCheck
from baodao.kernel import clock
from baodao.kernel.undo import leave_note
from baodao.layouts.documents import own_layout
from baodao.layouts.models import WordLayout
from baodao.orgs.commands.reorganisations import reorganise
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.commands.transfers import propose_transfer
from baodao.policies.commands.texts import save_policy
from baodao.policies.commands.trials import request_trial
from baodao.registration.commands.placements import PLACEMENT
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from baodao.reporttables.commands.own import add_own_table
from baodao.reporttables.rules.formulas import metric_formula
from baodao.reporttables.rules.own import OwnColumn, OwnDefinition, OwnRows
from baodao.vocabulary.commands import teach
from baodao.vocabulary.rules.words import WordRole
from tests import factories
from tests.world import World

POLICY = "format: 1\nname: 一次\noutcome: {pass: {amount: {count: service}, at_least: 1}}\n"


def lives(world: World) -> dict[str, Any]:
    """What waits for a second person or another unit, the new name of Deng's unit, a word, and an
    act on many of Dai's."""
    dai, papers = world.actor("dai"), {"reason": "录入有误", "evidence": "居民身份证"}
    once, twice = (factories.member(name, world.second) for name in ("重一次", "重二次"))
    moving = propose_transfer(
        world.actor("lu"),
        person_id=world.people["hao"].pk,
        unit_id=world.bureau.pk,
        on=clock.today(),
    )
    correction = propose_number(dai, person_id=once.pk, id_number=factories.id_number(), **papers)
    merge = propose_merge(dai, person_id=once.pk, number=twice.number, **papers)
    renamed = reorganise(
        world.actor("sun"),
        organisation_id=world.bureau.pk,
        aim=Aim(Reform.RENAMED, name="区住建局机关党委"),
        reason="机构改革",
    )
    table = DivisionImport.objects.create(place=world.city, source="区划.xlsx", by="孙")
    check = NumberCheck.objects.create(person=twice, asked_by="范立")
    layout = WordLayout.objects.create(
        organisation=world.bureau,
        form=INTRODUCTION_LETTER.code,
        file_name="介绍信.docx",
        content=own_layout(INTRODUCTION_LETTER).content,
        kept_by="戴文",
    )
    columns = (OwnColumn("服务", "服务人次", metric_formula("services")),)
    own = add_own_table(
        operator(),
        organisation_id=world.bureau.pk,
        definition=OwnDefinition("单位月报", OwnRows.ALL, columns),
    )
    word = teach(
        dai,
        organisation_id=world.bureau.pk,
        table="roster",
        role=WordRole.STATUS,
        word="编外",
        meaning="seconded",
    )
    version = save_policy(operator(), organisation_id=world.bureau.pk, text=POLICY)
    tried = request_trial(
        operator(),
        version_id=version.pk,
        organisation_id=world.bureau.pk,
        day=clock.today(),
    )
    result = _result(world)
    return {
        "version_id": version.pk,
        "adoption_id": result.adoption_id,
        "result_id": result.pk,
        "policy_id": version.policy_id,
        "version_number": version.number,
        "preset_name": "r2",
        "trial_id": tried.pk,
        "undo_id": leave_note(dai, PLACEMENT, {}),
        "word_id": word.pk,
        "layout_id": layout.pk,
        "own_table_id": own.table_id,
        "paper_form": layout.form,
        "how": "filled",
        "correction_id": correction.pk,
        "merge_id": merge.pk,
        "check_id": check.pk,
        "reorganisation_id": renamed.pk,
        "division_import_id": table.pk,
        "transfer_id": moving.pk,
    }


def _result(world: World) -> PolicyResult:
    """What a policy that Deng's unit adopted says of the canary."""
    year, unit = clock.today().year, world.bureau
    version = save_policy(operator(), organisation_id=unit.pk, text=POLICY, code="adopted")
    terms = AdoptionTerms(date(year, 1, 1))
    row = adopt(operator(), organisation_id=unit.pk, version_id=version.pk, terms=terms)
    canary = world.people["canary"]
    return PolicyResult.objects.create(
        adoption=row,
        person=canary,
        place=canary.memberships.latest("recorded_at").branch,
        period_from=terms.from_on,
        period_until=date(year, 12, 31),
        day=clock.today(),
        state="open",
    )
