"""The whole life of an offer, for every kind: those of the project, and one more that is a folder.

`tests/offers/kinds/errand` stands for the kind that somebody will add. Nothing but its folder and
the migration that `makemigrations` writes makes it pass.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from django.db import IntegrityError, models
from django.utils.translation import gettext
from pytest_django import DjangoDbBlocker

from baodao.attendance.commands.rolls import DayService, Turnout, record_day, record_roll
from baodao.claims import tasks
from baodao.claims.commands import claims, decisions
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.models import ServiceRecord
from baodao.offers.commands import hours, offers
from baodao.offers.commands.answers import draft_offer
from baodao.offers.kinds.parts import PARTS, load_parts
from baodao.offers.kinds.post.kind import POST
from baodao.offers.kinds.registry import FOLDERS, KINDS, kind_of, load
from baodao.offers.models import Offer
from baodao.offers.queries.words import in_words
from baodao.offers.rules.kinds import Exit, OfferKind, Reach, Recording
from baodao.registration.commands.arrivals import accept
from baodao.registration.commands.departures import transfer
from baodao.registration.models import Registration
from tests.architecture.source import PACKAGE
from tests.claims.test_claiming import refusal
from tests.needs.steps import fresh, need
from tests.offers import steps
from tests.offers.further import installed
from tests.programs import program
from tests.registration.browsing import browser, text
from tests.world import World

each_kind = pytest.mark.parametrize("code", [*KINDS, "errand"])


@pytest.fixture(scope="module", autouse=True)
def errand(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One kind more than the project has."""
    with django_db_blocker.unblock(), installed("tests.offers.kinds.errand"):
        yield


def own(code: str) -> dict[str, Any]:
    """Something for every particular of a kind."""
    table = PARTS[code].particulars
    columns = table.own_fields() if table else []
    return {one.name: _value(one) for one in columns}


def _value(column: "models.Field[object, object]") -> object:
    if column.choices:
        return str(column.choices[0][0])
    return 7 if isinstance(column, models.IntegerField) else "字"


def published(world: World, code: str, **told: Any) -> Offer:
    """Offered by An, with a place for whoever comes first."""
    told = {"places": 1, "approval": False, "particulars": own(code)} | told
    return steps.published(world, code, **told)


def typed(world: World, kind: OfferKind) -> dict[str, Any]:
    """An offer as a worker types it."""
    when = {"schedule": "每周六上午"}
    if kind.timed:
        when = {"on": f"{steps.hour():%Y-%m-%d}", "begins": "09:00", "ends": "11:00"}
    return {
        "title": "为邻居做点事", "category": "environment", "place": "3号楼",
        "places": "1" if kind.pairs else "2",
        "organiser": world.willow.pk, **when, **own(kind.code),
    }  # fmt: skip


@each_kind
def test_it_is_typed_published_found_claimed_and_kept_on_the_pages(world: World, code: str) -> None:
    kind, an = kind_of(code), browser(world, "an")
    steps.chen(world)
    new = an.get(f"/offers/new/{code}/")
    assert new.status_code == (302 if kind.pairs else 200)
    household = {"name": "吴奶奶", "hardship": "独居"} if kind.pairs else {}
    address = new["Location"] if kind.pairs else f"/offers/new/{code}/"
    an.post(address, typed(world, kind) | household)
    offer = Offer.objects.get()
    an.post(f"/offers/{offer.pk}/publish/")
    an.post(f"/offers/{offer.pk}/edit/", typed(world, kind) | {"title": "为邻居做件事"})
    chen = browser(world, "chen")
    assert "为邻居做件事" in text(chen.get(f"/find/?kind={code}"))
    chen.post(f"/find/{offer.pk}/claim/")
    assert "为邻居做件事" in text(chen.get("/me/claims/"))
    for page in ("/offers/", f"/offers/?kind={code}", f"/offers/{offer.pk}/"):
        assert "为邻居做件事" in text(an.get(page))
    assert "陈晓宇" in text(an.get("/offers/claims.html"))
    page = text(an.get(f"/offers/{offer.pk}/"))
    assert all(f"<dd>{words}</dd>" in page for words in in_words(offer))
    assert an.get("/offers/?export=xlsx").status_code == 200
    assert "陈晓宇" in text(browser(world, "deng").get(f"/unit/claims/?kind={code}"))


@each_kind
def test_of_which_every_place_is_taken_reads_so_wherever_its_state_stands(
    world: World, code: str
) -> None:
    """On its page, in the list, by its filter and in the search, in the word of its kind."""
    titles = ("还空着，等人来", "已经有人来做")
    free, full = (published(world, code, title=title) for title in titles)
    steps.claimed(full, steps.chen(world))
    an, word = browser(world, "an"), gettext(kind_of(code).words.full)
    for page in (f"/offers/{full.pk}/", "/offers/?q=已经有人来做", "/search/?q=已经有人来做"):
        shown = re.sub("<option.*?</option>", "", text(an.get(page)))
        assert (word in shown, "招募中" in shown) == (True, False), page
    assert "招募中" in text(an.get(f"/offers/{free.pk}/"))
    for state, found in (("published", [True, False]), ("full", [False, True])):
        listed = text(an.get(f"/offers/?state={state}"))
        assert [title in listed for title in titles] == found, state


@each_kind
def test_programs_draft_publish_and_read_it(world: World, code: str) -> None:
    kind, token = kind_of(code), program(world, "an", "willow")
    body = {
        "community": world.willow.code, "kind": code, "title": "为邻居做点事", "places": 1,
        "category": "environment", "particulars": own(code),
    }  # fmt: skip
    if kind.timed:
        body |= {"starts_at": f"{steps.hour():%Y-%m-%dT%H:%M:%S%z}"[:22] + ":00"}
        body |= {"ends_at": f"{steps.hour(at=11):%Y-%m-%dT%H:%M:%S%z}"[:22] + ":00"}
    made = token.post("/offers/", body).json()
    assert (made["kind"], made["particulars"]) == (code, own(code))
    steps.written_down(world.actor("an"), Offer.objects.get())
    assert token.post(f"/offers/{made['id']}/publish/", {}).json()["state"] == "published"
    [listed] = token.get("/offers/", kind=code).json()["items"]
    assert (listed["id"], listed["particulars"]) == (made["id"], own(code))
    assert token.post("/offers/", body | {"kind": "parade"}).status_code == 422
    unknown = token.post("/offers/", body | {"particulars": {"weather": "fine"}})
    assert unknown.status_code == 409


@each_kind
def test_the_first_has_the_place_the_next_waits_and_is_asked_when_it_is_free(
    world: World, code: str
) -> None:
    offer, an = published(world, code), world.actor("an")
    members = steps.registered(world, 2)
    first, second = steps.claimed(offer, *members)
    assert steps.states(offer) == ["active", "waiting"]
    if kind_of(code).exit is Exit.ASKED:
        no = refusal(claims.withdraw_claim, members[0], claim_id=first.pk)
        assert no == "claim.exit-needs-word"
        claims.request_exit(members[0], claim_id=first.pk, reason="搬家")
        decisions.decide_exits(an, claim_ids=[first.pk], approve=True)
    else:
        no = refusal(claims.request_exit, members[0], claim_id=first.pk, reason="搬家")
        assert no == "claim.exit-free"
        claims.withdraw_claim(members[0], claim_id=first.pk)
    assert steps.states(offer) == ["left", "invited"]
    claims.confirm_invitation(members[1], claim_id=second.pk)
    assert steps.states(offer) == ["left", "active"]


@each_kind
def test_with_approval_the_community_chooses_and_never_more_than_places(
    world: World, code: str
) -> None:
    offer = published(world, code, approval=True)
    rows = steps.claimed(offer, *steps.registered(world, 2))
    assert steps.states(offer) == ["applied", "applied"]
    chosen = [row.pk for row in rows]
    batch = decisions.decide_claims(world.actor("an"), claim_ids=chosen, approve=True)
    assert [no.code for _, no in batch.refused] == ["claim.full"]
    assert steps.states(offer) == ["active", "applied"]


@each_kind
def test_as_many_of_a_kind_as_it_says_and_no_more(world: World, code: str) -> None:
    kind, chen = kind_of(code), steps.chen(world)
    for day in range(kind.most.default if kind.most else 4):
        hours = {"starts_at": steps.hour(day + 3), "ends_at": steps.hour(day + 3, 11)}
        steps.claimed(published(world, code, **hours if kind.timed else {}), chen)
    if kind.most is not None:
        no = refusal(claims.claim, chen, offer_id=published(world, code).pk)
        assert no == "claim.most"


@each_kind
def test_it_reaches_as_far_as_it_says_for_who_comes_and_for_who_moves(
    world: World, code: str
) -> None:
    far = kind_of(code).reach is Reach.STREET
    chen, next_door = steps.chen(world), published(world, code, where=world.bridge)
    if far:
        steps.claimed(next_door, chen)
    else:
        with pytest.raises(Absent):
            claims.claim(chen, offer_id=next_door.pk)
    here = published(world, code, **later(code))
    steps.claimed(here, chen)
    registered = Registration.objects.get(person=chen.person_id)
    moved = transfer(
        chen, registration_id=registered.pk, community_id=world.bridge.pk, reason="搬家"
    )
    accept(world.actor("bao"), registration_ids=[moved.pk])
    tasks.end_claims_of_departed()
    assert steps.states(here) == (["active"] if far else ["left"])


def later(code: str) -> dict[str, Any]:
    """Other hours, where the kind has hours."""
    hours = {"starts_at": steps.hour(9), "ends_at": steps.hour(9, 11)}
    return hours if kind_of(code).timed else {}


def recorded(world: World, offer: Offer, claim: Claim) -> None:
    """Record the service of a claim as its kind is recorded."""
    an = world.actor("an")
    if offer.kind.recording is Recording.LIST:
        with clock.at(steps.hour(at=12)):
            turnout = Turnout([claim.person_id], 60)
            assert record_roll(an, offer_id=offer.pk, turnout=turnout).done
    else:
        service = DayService(clock.today(), 60)
        assert record_day(an, claim_ids=[claim.pk], service=service).done


@each_kind
def test_its_service_comes_into_the_ledger_as_the_kind_says(world: World, code: str) -> None:
    kind, offer = kind_of(code), published(world, code)
    [claim] = steps.claimed(offer, steps.chen(world))
    recorded(world, offer, claim)
    record = ServiceRecord.objects.get()
    assert (record.way, record.minutes, record.offer_id) == (kind.way, 60, offer.pk)
    assert steps.states(offer) == ["active" if kind.often else "done"]
    offer.refresh_from_db()
    closed = kind.recording is Recording.LIST or kind.answers_one
    assert offer.state == ("closed" if closed else "published")
    with clock.at(steps.hour(at=12)):
        page = browser(world, "an").get(f"/offers/{offer.pk}/roll/")
    assert page.status_code == 200
    shows = "名单已登记完毕" in text(page)
    assert shows == (kind.recording is Recording.LIST), "how it stands"


@each_kind
def test_it_is_moved_if_it_has_hours_and_offered_again_with_all_it_says(
    world: World, code: str
) -> None:
    offer, an = published(world, code), world.actor("an")
    new = {"starts_at": steps.hour(8, 14), "ends_at": steps.hour(8, 16)}
    if offer.kind.timed:
        assert hours.reschedule(an, offer_id=offer.pk, **new).starts_at == new["starts_at"]
    else:
        assert refusal(hours.reschedule, an, offer_id=offer.pk, **new) == "offer.no-hours"
    again = offers.copy(an, offer_id=offer.pk)
    assert Offer.objects.get(pk=again.pk).particulars == own(code)


@each_kind
def test_it_is_made_of_a_need_and_published_once_it_says_all(world: World, code: str) -> None:
    row, an = need(world), world.actor("an")
    page = browser(world, "an").get(f"/needs/{row.pk}/")
    assert f'name="kind" value="{code}"' in text(page)
    draft = draft_offer(an, need_id=row.pk, kind=code)
    if own(code):
        with pytest.raises(Refused):
            offers.publish(an, offer_id=draft.pk)
    offers.edit(an, offer_id=draft.pk, facts=steps.facts(code, particulars=own(code)))
    steps.written_down(an, draft)
    assert offers.publish(an, offer_id=draft.pk).state == "published"
    assert fresh(row).state == "open"


@each_kind
def test_it_is_closed_with_thanks_or_called_off_with_a_reason(world: World, code: str) -> None:
    an = world.actor("an")
    first, second = published(world, code), published(world, code, **later(code))
    chen = steps.chen(world)
    [mine], [other] = steps.claimed(first, chen), steps.claimed(second, chen)
    if first.kind.recording is Recording.LIST:
        assert refusal(offers.close, an, offer_id=first.pk) == "offer.list-first"
    else:
        assert offers.close(an, offer_id=first.pk, reason="已完成").state == "closed"
        assert steps.fresh(mine).state == "left"
    offers.cancel(an, offer_id=second.pk, reason="暴雨")
    assert (steps.fresh(other).state, steps.fresh(other).reason) == ("left", "暴雨")


@each_kind
def test_the_database_holds_it_to_its_hours(world: World, code: str) -> None:
    timed = kind_of(code).timed
    hours = {} if timed else {"starts_at": steps.hour(), "ends_at": steps.hour(at=11)}
    with pytest.raises(IntegrityError, match="offer_hours_by_kind"):
        Offer.objects.create(
            community=world.willow, organiser=world.willow, kind=kind_of(code), title="无时间",
            category="environment", places=1, **hours,
        )  # fmt: skip


def test_a_kind_that_leaves_something_out_does_not_start() -> None:
    told = {one.name: getattr(POST, one.name) for one in fields(OfferKind)}
    for name in told:
        with pytest.raises(TypeError, match=name):
            OfferKind(**{key: value for key, value in told.items() if key != name})
    for wrong in ({"code": "no code"}, {"claimants": frozenset()}, {"recording": Recording.LIST}):
        with pytest.raises(ValueError, match=r"code|list"):
            OfferKind(**told | wrong)


@pytest.mark.parametrize(
    ("folder", "lacks"),
    [
        ("tests.offers.kinds.blank", "needs a kind"),
        ("tests.offers.kinds.half", "needs a form"),
        ("baodao.offers.kinds.post", "of another kind"),
    ],
)
def test_an_incomplete_folder_does_not_start(folder: str, lacks: str) -> None:
    known = set(KINDS)
    try:
        with pytest.raises(ValueError, match=lacks):
            load_parts(load(folder).code)
    finally:
        for code in KINDS.keys() - known:
            del KINDS[code], FOLDERS[code]


def test_nothing_outside_the_folders_compares_the_codes_of_kinds() -> None:
    compared = re.compile(rf"""kind[\w.|]*\s*[!=]=\s*["'](?:{"|".join(KINDS)})["']""")
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    wrong = [str(file) for file in files if compared.search(file.read_text())]
    assert len(files) > 500
    assert wrong == []
