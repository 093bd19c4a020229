"""Lists of ten thousand rows whose every text is as long as it may be: small, paged, narrowed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from baodao.claims.commands.claims import claim
from baodao.kernel import clock
from baodao.notices.models import Notice
from baodao.orgs.models import Organisation
from tests.ledger.steps import hosted, record
from tests.needs.steps import need
from tests.offers import steps
from tests.registration.browsing import browser, text
from tests.registration.steps import accepted
from tests.world import World

ROWS = 10_050
MOST_BYTES = 250_000
NAME = "阿卜杜热合曼·买买提吐尔逊·伊敏江·沙拉木"
TEXTS = {
    "needs_need": {"text": 500, "place": 100, "asker": 60},
    "offers_offer": {"title": 60, "text": 500, "place": 100},
    "people_person": {"position": 60, "specialty": 200, "interests": 200, "wishes": 200},
}
UNIQUE = {
    "needs_need": {"code": "'L' || lpad(n::text, 8, '0')"},
    "offers_offer": {},
    "people_person": {
        "number": "'V' || lpad(n::text, 9, '0')",
        "id_blind": "decode(md5(n::text), 'hex')",
        "name": f"'{NAME}'",
    },
    "people_membership": {"person_id": "md5('people_person' || n)::uuid"},
    "claims_claim": {"person_id": "md5('people_person' || n)::uuid"},
    "notices_notice": {},
    "registration_letter": {"number": "one.number + n", "token": "'t' || n"},
    "registration_registration": {
        "person_id": "md5('people_person' || n)::uuid",
        "letter_id": "md5('registration_letter' || n)::uuid",
        "receipt_number": "one.receipt_number + n",
    },
    "ledger_servicerecord": {"seq": "one.seq + n"},
    "orgs_organisation": {
        "id": "one.id + 100000 + n",
        "code": "one.code || n",
        "path": "trim(trailing '.' from one.path) || n || '.'",
    },
}


def copied(table: str, pk: object) -> None:
    """Have this row of a table many times over, each text filled to its end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
        filled = {
            name: f"rpad('', {size}, '柳荫里小区的老人需要帮助，')"
            for name, size in TEXTS.get(table, {}).items()
        }
        values = {"id": f"md5('{table}' || n)::uuid"} | filled | UNIQUE[table]
        columns = ", ".join(values.get(name, f"one.{name}") for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {columns} "
            f"FROM {table} one, generate_series(1, {ROWS}) n WHERE one.id = %s",
            [pk],
        )


def needs(world: World) -> None:
    copied("needs_need", need(world, "screened").pk)


def offers(world: World) -> None:
    copied("offers_offer", steps.published(world).pk)


def people(world: World) -> None:
    person = world.people["chen"]
    copied("people_person", person.pk)
    copied("people_membership", person.memberships.get(closed_at=None).pk)


def members(world: World) -> None:
    registration = accepted(world)
    people(world)
    copied("registration_letter", registration.letter_id)
    copied("registration_registration", registration.pk)


def claims(world: World) -> None:
    offer = steps.published(world, kind="post", approval=True)
    people(world)
    copied("claims_claim", claim(steps.chen(world), offer_id=offer.pk).pk)


def services(world: World) -> None:
    hosted(world)
    copied("ledger_servicerecord", record(world).pk[1])


def notices(world: World) -> None:
    accepted(world)
    copied("notices_notice", Notice.objects.filter(organisation=world.bureau)[0].pk)


def units(world: World) -> None:
    """They were there before the half-year that is due ended."""
    Organisation.objects.update(opened_at=clock.now() - timedelta(days=400))
    copied("orgs_organisation", world.bureau.pk)


@pytest.mark.parametrize(
    ("fill", "who", "page", "some"),
    [
        (needs, "an", "/needs/", "q=老人"),
        (offers, "an", "/offers/", "q=老人"),
        (people, "deng", "/people/", "q=cxy"),
        (members, "an", "/members/", "q=cxy"),
        (claims, "deng", "/unit/claims/", "q=cxy"),
        (services, "an", "/records/", "q=陈"),
        (notices, "deng", "/notices/", "topic=registration"),
        (units, "fan", "/reports/received/", "q=机关党委"),
    ],
)
def test_a_list_of_ten_thousand_rows_is_small_paged_and_narrowed(
    world: World, fill: Callable[[World], None], who: str, page: str, some: str
) -> None:
    fill(world)
    reader = browser(world, who)
    for query in ("", "?page=2", f"?{some}"):
        shown = reader.get(f"{page}{query}")
        assert len(shown.content) <= MOST_BYTES, query
        assert re.search(r"10000 条以上|100\d\d 条", text(shown)), query
        assert len(re.findall(r"<tr>", text(shown))) == 51, "fifty and their heads"
    assert 'rel="prev"' in text(reader.get(f"{page}?page=2"))
    none = "topic=feedback" if some.startswith("topic") else "q=没有这样的一行"
    nothing = text(reader.get(f"{page}?{none}"))
    assert "没有符合条件的记录" in nothing
