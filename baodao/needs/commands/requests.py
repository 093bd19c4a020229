"""Taking needs down: by the community's workers, by its partner units, by residents themselves."""

from dataclasses import replace

from baodao.kernel import clock, journal
from baodao.kernel.authz import NOBODY, Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.stages import begin
from baodao.ledger.queries.categories import categories_of
from baodao.needs.commands.menu import item_to_order
from baodao.needs.models import Need
from baodao.needs.queries.residents import page_by_token
from baodao.needs.rules.life import opening_of
from baodao.needs.rules.menu import NOTES, order_text
from baodao.needs.rules.requests import COLLECTED_BY_HAND, NeedFacts, NeedSource, check_facts
from baodao.notices.commands.complaints import fresh_code
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, organisations
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community, require_unit


@command
def collect(actor: Actor, *, community_id: int, facts: NeedFacts) -> Need:
    """Take a need down at the window, on the telephone, on a visit or from the grid."""
    rows = organisations(actor, Permission.NEED_COLLECT).filter(kind=Kind.COMMUNITY)
    community = rows.filter(pk=community_id).first()
    if community is None:
        raise Absent("community")
    if facts.source not in COLLECTED_BY_HAND:
        raise Refused("need.source", gettext_noop("Choose how the community heard of it."))
    return collect_for(actor, community, facts)


def collect_for(actor: Actor, community: Organisation, facts: NeedFacts) -> Need:
    """Take a need down for a community, for a slice that has checked who may; refused of a
    community that was closed."""
    check_open(community)
    need = _kept(community, facts, NeedSource(facts.source), collected_by=actor.name)
    _write(actor, "need.collected", need)
    return need


@command
def request_help_as_unit(actor: Actor, *, unit_id: int, facts: NeedFacts) -> Need:
    """Ask the community that accepted the unit's registration; its contact is known there, so
    no name and no telephone are kept."""
    unit = require_unit(actor, Permission.NEED_COLLECT, unit_id)
    community = partner_community(unit)
    if community is None:
        raise Refused(
            "need.no-partner",
            gettext_noop("The unit has no partner community yet; report the unit to one first."),
        )
    plain = NeedFacts(facts.text, facts.category, facts.place, facts.urgency)
    need = _kept(community, plain, NeedSource.UNIT, collected_by=actor.name, unit=unit)
    _write(actor, "need.asked", need)
    _tell(need)
    return need


@command
def request_help(actor: Actor, *, token: str, facts: NeedFacts) -> Need:
    """Ask a community on its residents' page. Raises `Absent` for an unknown token; a
    closed community is refused.

    It is nobody's account that asks, even of somebody who is signed in.
    """
    page = page_by_token(token)
    check_open(page.community)
    need = _kept(page.community, facts, NeedSource.LINK)
    _write(NOBODY if actor.account_id else actor, "need.asked", need)
    _tell(need)
    return need


def _kept(
    community: Organisation,
    facts: NeedFacts,
    source: NeedSource,
    collected_by: str = "",
    unit: Organisation | None = None,
) -> Need:
    item = item_to_order(community, facts.item_id) if facts.item_id else None
    if item is not None:
        notes = check_length(facts.text.strip(), NOTES)
        text = order_text(item.title, notes, item.schedule)
        facts = replace(facts, text=text, category=item.category)
    clean = check_facts(facts, categories_of(community, item.category if item else ""))
    need = Need.objects.create(
        code=fresh_code(),
        community=community,
        unit=unit,
        item=item,
        source=source,
        category=clean.category,
        text=clean.text,
        place=clean.place,
        urgency=clean.urgency,
        asker=clean.asker,
        consent=clean.consent,
        collected_at=clock.now(),
        collected_by=collected_by,
        **Need.phone.columns(clean.phone),
    )
    begin([need], need.collected_at)
    return need


def _write(actor: Actor, verb: str, need: Need) -> None:
    """Code and source; never what was typed, which may name people."""
    facts: dict[str, journal.Fact] = {"code": need.code, "source": need.source}
    journal.write_many(actor, [journal.Act(verb, need.pk, need.community_id, facts)])


def _tell(need: Need) -> None:
    """The community learns of what it did not take down itself."""
    message = Message(
        "need-asked",
        organisation_id=need.community_id,
        about=need.pk,
        facts={"words": opening_of(need.text)},
    )
    announce([message])
