"""Members and those whom communities host: as rows that are counted, and as persons listed."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.adoptions.rules.outcomes import ASKING, FULFILLED
from baodao.checklist.rules.reasons import Why, why_missing
from baodao.exemptions.rules.reasons import Effect, ExemptionReason
from baodao.exemptions.rules.states import ExemptionState
from baodao.figures.queries.sources.rows import STAGES_HERE, SourceRows, between
from baodao.figures.queries.sql import Answer
from baodao.figures.rules.metrics.people import (
    GuestStands,
    MemberHome,
    MemberPolicies,
    MemberStands,
)
from baodao.kernel import clock
from baodao.orgs.queries.trees import unit_id_of
from baodao.people.rules.standing import Standing
from baodao.registration.rules.states import REGISTRATION, State
from baodao.tallies import queries as tallies
from baodao.tallies.rules.conditions import columns, listed_codes

_STAGE_THEN = """
    stage.since < %(instant)s AND (stage.until IS NULL OR stage.until >= %(instant)s)"""
_SUBMITTED = f"stage.state = '{State.SUBMITTED}' AND {_STAGE_THEN}"
_EXEMPTION_THEN = f"""
    e.state IN ({listed_codes((ExemptionState.APPROVED, ExemptionState.REVOKED))})
    AND e.decided_at < %(instant)s AND (e.revoked_at IS NULL OR e.revoked_at >= %(instant)s)
    AND e.from_on <= %(on)s AND (e.to_on IS NULL OR e.to_on >= %(on)s)"""
_RELEASED = listed_codes((Effect.FULL, Effect.DELAY, Effect.OTHER_PLACE))

_MEMBER_STANDS = f"""
    CASE
        WHEN m.standing <> '{Standing.IN_SERVICE}' THEN NULL
        WHEN r.id IS NOT NULL THEN '{MemberStands.REGISTERED}'
        WHEN EXISTS (
            SELECT 1 FROM registration_registration w
            JOIN registration_registrationstage stage ON stage.subject_id = w.id AND {_SUBMITTED}
            WHERE w.person_id = m.person_id OFFSET 0
        ) THEN '{MemberStands.WAITING}'
        WHEN EXISTS (
            SELECT 1 FROM exemptions_exemption e
            WHERE e.person_id = m.person_id AND e.effect IN ({_RELEASED}) AND {_EXEMPTION_THEN}
        ) THEN '{MemberStands.EXEMPT}'
        ELSE '{MemberStands.MISSING}'
    END"""
"""`OFFSET 0` inside an EXISTS has it looked up for the few rows that need it, instead of worked out
for the whole city beforehand."""

_ACCEPTED = f"""
    LEFT JOIN registration_registration r
        ON r.person_id = CASE m.standing WHEN '{Standing.IN_SERVICE}' THEN m.person_id END
        AND r.accepted_at < %(instant)s
        AND (r.ended_at IS NULL OR r.ended_at >= %(instant)s)"""

_COMMITTED = """
    EXISTS (
        SELECT 1 FROM commitments_commitment c
        WHERE c.registration_id = r.id AND c.year = %(year)s AND c.since < %(instant)s
            AND (c.until IS NULL OR c.until >= %(instant)s)
    )"""
"""Whether a version was in force at the instant, of the registration that stood then."""

_AT_REST = """
    EXISTS (
        SELECT 1 FROM unnest(adopted.switches) wanted(key)
        WHERE NOT EXISTS (
            SELECT 1 FROM accounts_switch s
            JOIN tree above ON above.id = s.organisation_id
            JOIN tree adopter ON adopter.id = adopted.organisation_id
                AND starts_with(adopter.path, above.path)
            WHERE s.key = wanted.key AND s.confirmed_at < %(instant)s AND s.ends_on >= %(on)s
                AND (s.ended_at IS NULL OR s.ended_at >= %(instant)s)
        )
    )"""
"""Whether a switch that an adopted policy needs was off at the instant."""

_POLICIES = f"""
    (SELECT CASE WHEN bool_and(said.state IN ({listed_codes(FULFILLED)}))
                 THEN '{MemberPolicies.MET}' ELSE '{MemberPolicies.LACKING}' END
     FROM adoptions_policyresult said
     JOIN adoptions_adoption adopted ON adopted.id = said.adoption_id
         AND (adopted.withdrawn_at IS NULL OR adopted.withdrawn_at >= %(instant)s)
         AND (adopted.until_on IS NULL OR adopted.until_on >= %(on)s
              OR adopted.ended_at >= %(instant)s)
         AND NOT {_AT_REST}
     WHERE said.person_id = m.person_id AND said.since < %(instant)s
         AND (said.until IS NULL OR said.until >= %(instant)s)
         AND said.period_from <= %(on)s
         AND (said.period_until IS NULL OR said.period_until >= %(on)s)
         AND said.state IN ({listed_codes(ASKING)})
     HAVING count(*) > 0)"""
"""By what every adopted policy that asks something, and was neither over nor at rest, said of a
member at the instant."""

_HOME_JOIN = """
    LEFT JOIN tree district ON district.kind = 'district'
        AND starts_with(branch.path, district.path)
    JOIN people_person person ON person.id = m.person_id
    LEFT JOIN tree home ON home.id = CASE
        WHEN coalesce(person.home_since, person.created_at) < %(instant)s
            THEN person.home_community_id
        ELSE (
            SELECT former.community_id FROM people_formerhome former
            WHERE former.person_id = m.person_id AND former.since < %(instant)s
              AND former.until >= %(instant)s ORDER BY former.until LIMIT 1
        )
    END"""
_HOME = f"""
    CASE
        WHEN NOT m.lives_in_city THEN '{MemberHome.ELSEWHERE}'
        WHEN home.id IS NULL THEN '{MemberHome.UNKNOWN}'
        WHEN starts_with(home.path, coalesce(district.path, '')) THEN '{MemberHome.HERE}'
        ELSE '{MemberHome.ELSEWHERE}'
    END"""
"""Where a member lived, as it was known at the instant, in the tree of then."""

_MEMBERS = """
    SELECT m.branch_id AS organisation_id, branch.path, m.person_id{more}
    FROM tree branch
    JOIN people_membership m ON m.branch_id = branch.id
        AND m.recorded_at < %(instant)s
        AND (m.closed_at IS NULL OR m.closed_at >= %(instant)s)
    {joined}
    WHERE branch.kind IN ('branch', 'unit') AND branch.path LIKE %(below)s"""

_GUEST_STANDS = f"""
    CASE stage.state
        WHEN '{State.ENDED}' THEN '{GuestStands.ENDED}'
        WHEN '{State.ACCEPTED}' THEN '{GuestStands.HOSTED}'
        WHEN '{State.SUBMITTED}' THEN '{GuestStands.WAITING}'
    END"""

_HOSTED = f"""
    SELECT stage.community_id AS organisation_id, community.path, r.person_id,
           stage.subject_id AS registration_id,
           {unit_id_of("branch")} AS unit_id
           {{more}}
    FROM registration_registrationstage stage
    LEFT JOIN tree community ON community.id = stage.community_id
    LEFT JOIN registration_registration r ON r.id = stage.subject_id
    LEFT JOIN tree branch ON branch.id = r.branch_id
    WHERE {_STAGE_THEN} AND stage.community_id = ANY(ARRAY(
        SELECT id FROM tree WHERE kind = 'community' AND path LIKE %(below)s
    ))"""
"""In the community to which the registration was addressed at the instant. What is joined from the
left is there always, and is read only where its columns are asked."""


def _members(traits: frozenset[str]) -> str:
    if "served" in traits:
        inner = _members(traits - {"served"} | {"standing"})
        return tallies.with_served(inner, f"alone.standing = '{Standing.IN_SERVICE}'")
    then = {"stands": _MEMBER_STANDS, "committed": _COMMITTED, "home": _HOME}
    then["policies"] = _POLICIES
    joined = _ACCEPTED if traits & {"stands", "committed"} else ""
    joined += _HOME_JOIN if "home" in traits else ""
    return _MEMBERS.format(more=columns(traits, "m", then), joined=joined)


def _hosted(traits: frozenset[str]) -> str:
    if "served" in traits:
        inner = _hosted(traits - {"served"} | {"stands"})
        here = f"alone.stands IS NOT DISTINCT FROM '{GuestStands.HOSTED}'"
        return tallies.with_served(inner, here)
    then = {
        "stands": _GUEST_STANDS,
        "in_team": "stage.team_id IS NOT NULL",
        "committed": _COMMITTED,
        "invited": "r.invited_by_id IS NOT NULL",
    }
    return _HOSTED.format(more=columns(traits, "r", then))


_STANDS_OF = f"""
    SELECT person_id FROM moved_stages
    UNION ALL
    SELECT e.person_id FROM exemptions_exemption e
    WHERE {between("e.decided_at", "e.revoked_at")}"""
"""The persons who may stand otherwise than at `%(since)s`."""

_COMMITTED_OF = f"""
    SELECT r.person_id FROM commitments_commitment c
    JOIN registration_registration r ON r.id = c.registration_id
    WHERE {between("c.since", "c.until")}"""
"""Who committed, changed it or took it back since then."""


def _after(day: str) -> str:
    """The instant at which a day of a column is over."""
    return f"(({day} + 1)::timestamp AT TIME ZONE '{clock.ZONE.key}')"


_POLICIES_OF = f"""
    SELECT said.person_id FROM adoptions_policyresult said
    JOIN adoptions_adoption adopted ON adopted.id = said.adoption_id
    WHERE {between("said.since", "said.until", "adopted.withdrawn_at", "adopted.ended_at")}
        OR {between(_after("said.period_until"), _after("adopted.until_on"))}
    UNION ALL
    SELECT said.person_id FROM adoptions_policyresult said
    JOIN adoptions_adoption adopted ON adopted.id = said.adoption_id
    JOIN accounts_switch s ON s.key = ANY(adopted.switches)
    WHERE {between("s.confirmed_at", "s.ended_at", _after("s.ends_on"))}"""
"""Of whom an adopted policy said something else since then, or says nothing any more."""


_HOME_OF = f"""
    SELECT person.id AS person_id FROM people_person person WHERE {between("person.home_since")}
    UNION ALL
    SELECT former.person_id FROM people_formerhome former WHERE {between("former.until")}"""
"""Of whom another home was told since then."""


def _members_changes(traits: frozenset[str]) -> str:
    by_trait = {"stands": _STANDS_OF, "served": tallies.RECORDED_OF, "committed": _COMMITTED_OF}
    by_trait |= {"home": _HOME_OF, "policies": _POLICIES_OF}
    parts = [sql for trait, sql in by_trait.items() if trait in traits]
    persons = " UNION ALL ".join(["SELECT person_id FROM moved_memberships", *parts])
    return f"""
        EXISTS (
            SELECT 1 FROM ({persons}) moved
            JOIN people_membership m ON m.person_id = moved.person_id
            JOIN tree branch ON branch.id = m.branch_id
            WHERE branch.path LIKE %(below)s
        )"""


def _hosted_changes(traits: frozenset[str]) -> str:
    by_trait = {"served": tallies.RECORDED_OF, "committed": _COMMITTED_OF}
    persons = " UNION ALL ".join(sql for trait, sql in by_trait.items() if trait in traits)
    if not persons:
        return STAGES_HERE
    return f"""{STAGES_HERE} OR EXISTS (
            SELECT 1 FROM ({persons}) moved
            JOIN registration_registration r ON r.person_id = moved.person_id
            JOIN registration_registrationstage stage ON stage.subject_id = r.id
            JOIN tree community ON community.id = stage.community_id
            WHERE community.path LIKE %(below)s
        )"""


_LETTER = f"""
    SELECT stage.community_id, r.accepted_at, stage.state
    FROM registration_registration r
    JOIN registration_registrationstage stage ON stage.subject_id = r.id AND {_STAGE_THEN}
        AND stage.state IN ({listed_codes(REGISTRATION.live)})
    WHERE r.person_id = thing.person_id ORDER BY stage.since DESC LIMIT 1"""

_EXEMPTION = f"""
    SELECT e.effect, e.reason, e.to_on FROM exemptions_exemption e
    WHERE e.person_id = thing.person_id AND {_EXEMPTION_THEN}
    LIMIT 1"""

_PERSON = """
    person.id AS person_id, person.name, person.number, person.sex, person.position,
    CASE branch.kind WHEN 'branch' THEN unit.name ELSE branch.name END AS unit,
    CASE branch.kind WHEN 'branch' THEN branch.name ELSE '' END AS branch,
    coalesce(community.name, '') AS community"""

_LISTED_MEMBERS = f"""
    SELECT {_PERSON}, thing.stands, thing.lives_in_city, letter.accepted_at, letter.state,
           exemption.effect, exemption.reason, exemption.to_on
    FROM ({{rows}}) thing
    JOIN people_person person ON person.id = thing.person_id
    JOIN tree branch ON branch.id = thing.organisation_id
    LEFT JOIN tree unit ON unit.id = branch.parent_id
    LEFT JOIN LATERAL ({_LETTER}) letter ON thing.standing = '{Standing.IN_SERVICE}'
    LEFT JOIN LATERAL ({_EXEMPTION}) exemption ON thing.standing = '{Standing.IN_SERVICE}'
    LEFT JOIN tree community ON community.id = letter.community_id
    WHERE {{where}}
    ORDER BY branch.path, person.pinyin, person.id"""

_LISTED_HOSTED = f"""
    SELECT {_PERSON}, thing.stands, r.accepted_at, r.ended_on
    FROM ({{rows}}) thing
    JOIN people_person person ON person.id = thing.person_id
    JOIN registration_registration r ON r.id = thing.registration_id
    JOIN tree community ON community.id = thing.organisation_id
    LEFT JOIN tree branch ON branch.id = r.branch_id
    LEFT JOIN tree unit ON unit.id = {unit_id_of("branch")}
    WHERE {{where}}
    ORDER BY community.path, branch.path, person.pinyin, person.id, r.id"""


@dataclass(frozen=True)
class ListedPerson:
    """A person behind a number, as they stood at the instant.

    `community` is where they report or their letter leads. `why` says why somebody in service is
    not registered, `note` (a message id) and `until` what their exemption says.
    """

    person_id: UUID
    name: str
    number: str
    sex: str
    position: str
    unit: str = ""
    branch: str = ""
    community: str = ""
    stands: str | None = None
    lives_in_city: bool = False
    accepted_at: datetime | None = None
    why: Why | None = None
    note: str = ""
    until: date | None = None
    ended_on: date | None = None


def _member(row: Answer) -> ListedPerson:
    state, effect, reason = row.pop("state"), row.pop("effect"), row.pop("reason")
    until = row.pop("to_on")
    registered = row["stands"] == MemberStands.REGISTERED
    why = None if row["stands"] is None else why_missing(state, effect)
    exempt = why in (Why.EXEMPT, Why.DELAYED, Why.OTHER_PLACE) and reason is not None
    return ListedPerson(
        **row | {"accepted_at": row["accepted_at"] if registered else None},
        why=why,
        note=ExemptionReason.words_of(reason) if exempt else "",
        until=until if exempt else None,
    )


def _guest(row: Answer) -> ListedPerson:
    """What lay ahead of the instant is left out."""
    waiting = row["stands"] == GuestStands.WAITING
    by_then = {
        "accepted_at": None if waiting else row["accepted_at"],
        "ended_on": row["ended_on"] if row["stands"] == GuestStands.ENDED else None,
    }
    return ListedPerson(**row | by_then)


MEMBERS = SourceRows(
    _members,
    _members_changes,
    _LISTED_MEMBERS,
    _member,
    traits=frozenset({"stands", "standing", "lives_in_city"}),
)
HOSTED = SourceRows(_hosted, _hosted_changes, _LISTED_HOSTED, _guest, traits=frozenset({"stands"}))
