"""What the canary served: a record with all that hangs on it, and the card of its year."""

from typing import Any

from baodao.accounts.queries import operator
from baodao.appraisal.commands.drafts import draft_cards, judge
from baodao.appraisal.commands.signatures import sign_cards
from baodao.appraisal.models import FeedbackCard
from baodao.flags.models import Flag
from baodao.kernel import clock
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.rules.records import Entry, Origin
from baodao.statements.commands.sheets import issue_sheet
from baodao.statements.models import Dispute, RecordCode, Statement
from baodao.timesheets.models import RecordImport
from tests.ledger import steps as ledger
from tests.world import World

LEFT = {"kind": "rows-margin", "sheet": "表", "count": 1, "rows": [[9, "合计"]]}
"""A row of a table that was not read."""


def signed_card(world: World) -> FeedbackCard:
    """The canary's signed card of this year in An's community, with one record behind it."""
    an, today = world.actor("an"), clock.today()
    service = Entry(world.people["canary"].pk, today, 60, "environment", "post")
    confirmed = Confirmed(Origin.LIST, "安静")
    append(operator(), entries={world.willow: [service]}, confirmed=confirmed)
    cards = draft_cards(an, community_id=world.willow.pk, year=today.year)
    lines = {card.pk: "按时参加服务。" for card in cards}
    judge(an, lines=lines)
    return sign_cards(operator(), card_ids=lines).done[0]


def services(world: World) -> dict[str, Any]:
    """A record of the canary's, disputed, and what else lies with the ledger of An's community."""
    canary, willow = world.people["canary"], world.willow
    made = ledger.record(world, canary)
    service = {"person": canary, "community": willow, "served_on": ledger.DAY, "minutes": 60}
    statement = Statement.objects.create(
        **service, category="culture", way="post", state="waiting", result="金丝雀"
    )
    dispute = Dispute.objects.create(
        community=willow, record_id=made.id, person=canary, text="有误", due_on=clock.today()
    )
    table = RecordImport.objects.create(
        community=willow, file_name="服务.xlsx", created_by="安静", state="read", leftovers=[LEFT]
    )
    RecordCode.objects.create(person=canary, token="a-code-of-the-canary")
    flag = Flag.objects.create(
        community=willow, record_id=made.id, patterns={"alone": {}, "night": {"hour": "01:40"}},
        state="asked", question="为什么在凌晨录入？", asked_by="范立", asked_at=clock.now(),
    )  # fmt: skip
    sheet = issue_sheet(
        world.actor("an"), community_id=willow.pk, person_id=canary.pk,
        since=ledger.DAY, until=ledger.DAY,
    )  # fmt: skip
    return {
        "community_id": willow.pk,
        "dispute_id": dispute.pk,
        "flag_id": flag.pk,
        "record_id": made.id,
        "record_import_id": table.pk,
        "record_token": "a-code-of-the-canary",
        "sheet_id": sheet.pk,
        "statement_id": statement.pk,
        "year": clock.today().year,
    }
