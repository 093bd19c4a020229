"""Who the actor is, and the accounts, grants, switches, tokens and journal entries they see."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from baodao.accounts.models import Account, ApiToken, Grant, ImpactAssessment, Switch
from baodao.accounts.rules import ASSESSMENT_DAYS, RESET_VERB, SCOPES
from baodao.kernel import clock, journal
from baodao.kernel.authz import ADMINISTRATORS, Actor, HeldRole, Permission, Role
from baodao.kernel.models import JournalEntry
from baodao.kernel.prepared import Prepared, Several, among
from baodao.kernel.questions import Question
from baodao.kernel.scope import beyond, covered, within
from baodao.orgs.models import Organisation, OrganisationPeriod
from baodao.orgs.queries.periods import paths_at, periods_of
from baodao.orgs.queries.tree import ancestors, organisations, reached
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from baodao.people.queries.members import current, memberships, unit_of

ENDED = 3
"""How many of the last grants that are over an account is told of."""


def standing_grants(on: date | None = None) -> QuerySet[Grant]:
    """Grants neither revoked nor past their end date: what an account holds, even while it is
    stopped or a grant still waits for its second person."""
    day = on or clock.today()
    return Grant.objects.filter(Q(until_on=None) | Q(until_on__gte=day), revoked_at=None)


def grants_in_force(on: date | None = None) -> QuerySet[Grant]:
    """Standing grants that give power: confirmed where two must do it, of an account that may
    sign in."""
    return standing_grants(on).filter(confirmed_at__isnull=False, account__is_active=True)


def places_without(name: str, organisation_ids: Collection[int]) -> set[int]:
    """Those of these organisations in which nobody of this name holds a grant in force: a name that
    stands there is told of nobody else."""
    rows = grants_in_force().filter(account__name=name, organisation__in=organisation_ids)
    return set(organisation_ids) - set(rows.values_list("organisation", flat=True))


def places_with_grants(organisation_ids: Collection[int]) -> set[int]:
    """Those of these organisations on which somebody holds a grant in force, who can act for it."""
    rows = grants_in_force().filter(organisation__in=organisation_ids)
    return set(rows.order_by().values_list("organisation", flat=True))


def readers_for(units: Iterable[Organisation]) -> dict[int, int]:
    """Who reads what is told to each of these units and branches, by ids: itself, or its unit for a
    branch on which nobody holds a grant in force."""
    every = list(units)
    branches = [row.pk for row in every if row.kind == Kind.BRANCH]
    acted_for = places_with_grants(branches) if branches else set()
    return {
        row.pk: row.pk if row.kind != Kind.BRANCH or row.pk in acted_for else unit_of(row).pk
        for row in every
    }


def lapsed_grants() -> QuerySet[Grant]:
    """Grants that held, whose last day is past, while what hung on them was not ended yet."""
    past = Grant.objects.filter(until_on__lt=clock.today(), confirmed_at__isnull=False)
    return past.filter(revoked_at=None, lapsed_at=None)


@dataclass(frozen=True)
class EndedGrant:
    """A grant that is over, and whom to ask for it anew: the nearest security administrators."""

    grant: Grant
    keepers: list[Grant]


def ended_grants_of(account: Account) -> list[EndedGrant]:
    """What the account held last and holds no more, in no other grant either; the latest first."""
    now = {(one.role, one.organisation_id) for one in grants_of(account)}
    past = Grant.objects.filter(account=account, confirmed_at__isnull=False)
    rows = past.exclude(pk__in=standing_grants()).select_related("organisation")
    ended = [row for row in rows if (row.role, row.organisation_id) not in now]
    ended.sort(key=lambda row: row.ended_on or date.min, reverse=True)
    return [EndedGrant(row, _keepers_of(row.organisation)) for row in ended[:ENDED]]


def _keepers_of(organisation: Organisation) -> list[Grant]:
    """The security administrators nearest above an organisation, or of it."""
    above = {row.pk: len(row.path) for row in ancestors(organisation)}
    role = Role.SECURITY_ADMINISTRATOR
    rows = grants_in_force().filter(role=role, organisation__in=above)
    keepers = list(rows.select_related("account", "organisation").order_by("granted_at"))
    nearest = max((above[row.organisation_id] for row in keepers), default=0)
    return [row for row in keepers if above[row.organisation_id] == nearest]


def grants_of(account: Account) -> list[Grant]:
    """What the account holds now, each with its organisation, the first granted first."""
    return _GRANTS.rows(account)


def _grants(account: Account) -> QuerySet[Grant]:
    rows = grants_in_force().filter(account=account).select_related("organisation")
    return rows.order_by("granted_at", "id")


_GRANTS = Prepared(_grants)
"""Every page asks."""


def actor_with(account: Account, grants: Iterable[Grant]) -> Actor:
    """The account acting with these of its grants."""
    roles = tuple(HeldRole(Role(grant.role), grant.organisation.path) for grant in grants)
    return Actor(account.id, account.person_id, account.name, roles)


def actor_of(account: Account) -> Actor:
    """The account with everything it was granted, wherever."""
    return actor_with(account, grants_of(account))


def operator(name: str = "operator") -> Actor:
    """Who acts when the `baodao` command is run on the server: everything, everywhere."""
    return Actor(None, None, name, (HeldRole(Role.OPERATOR, ""),))


def needs_second_step(actor: Actor) -> bool:
    """Whether the actor must sign in with a one-time code beside the password."""
    return any(grant.role in ADMINISTRATORS for grant in actor.grants)


def accounts(actor: Actor) -> QuerySet[Account]:
    """Accounts the actor may look at: those with a standing grant in scope, present members in
    scope, and of those that hold nothing, what was made by the actor or by somebody in scope."""
    reach = actor.paths(Permission.ACCOUNT_READ)
    if not reach or reach == ("",):
        return Account.objects.all() if reach else Account.objects.none()
    grants, places = _grants_of("pk"), _places_of("person")
    makers = Exists(covered(_grants_of("made_by"), reach, "organisation__path"))
    return Account.objects.filter(
        Exists(covered(grants, reach, "organisation__path"))
        | Exists(covered(places, reach, "branch__path"))
        | ~Exists(grants) & ~Exists(places) & (Q(made_by=actor.account_id) | makers)
    )


def manageable_accounts(actor: Actor) -> QuerySet[Account]:
    """Accounts over which the actor has power: who grants, over those of which everything they
    hold now lies in reach, and over their own making that holds nothing; who makes accounts for
    members, over present members without a grant.

    This is what a write locks through; `accounts` is what may be looked at.
    """
    reach = actor.paths(Permission.ACCOUNT_GRANT)
    if reach == ("",):
        return Account.objects.all()
    grants, places = _grants_of("pk"), _places_of("person")
    members = within(places, actor, Permission.ACCOUNT_CREATE, "branch__path")
    power = Exists(members) & ~Exists(grants)
    if reach:
        outside = Q(Exists(beyond(grants, reach, "organisation__path")))
        outside |= Q(Exists(beyond(places, reach, "branch__path")))
        own_making = Q(made_by=actor.account_id, made_by__isnull=False)
        power |= ~outside & (Exists(grants) | Exists(places) | own_making)
    return Account.objects.filter(power)


def _grants_of(account: str) -> QuerySet[Grant]:
    """The standing grants of the account in this column of the outer query."""
    return standing_grants().filter(account=OuterRef(account))


def _places_of(person: str) -> QuerySet[Membership]:
    """The present membership of the person in this column of the outer query."""
    return current().filter(person=OuterRef(person))


def grants(actor: Actor) -> QuerySet[Grant]:
    """Grants in scope, past ones included."""
    rows = Grant.objects.select_related("account", "organisation", "granted_by")
    return within(rows, actor, Permission.ACCOUNT_READ, "organisation__path")


def grants_to_revoke(actor: Actor) -> QuerySet[Grant]:
    """Grants that the actor may take back: those not taken back yet where they grant."""
    rows = Grant.objects.select_related("account", "organisation").filter(revoked_at=None)
    return within(rows, actor, Permission.ACCOUNT_GRANT, "organisation__path")


def grants_to_confirm(actor: Actor) -> QuerySet[Grant]:
    """Roles of the three administrators that wait for a second person and are not the actor's."""
    rows = standing_grants().filter(confirmed_at=None).exclude(account=actor.account_id)
    rows = rows.select_related("account", "organisation", "granted_by").order_by("granted_at")
    return within(rows, actor, Permission.GRANT_CONFIRM, "organisation__path")


def account_in_force(account: Account | None) -> bool:
    """Whether what was made for an account, such as a calendar's address or a token, still opens:
    it was not stopped. Who never had an account is nobody that was stopped."""
    return account is None or account.is_active


def accounts_that_open() -> QuerySet[Account]:
    """The accounts of persons that were not stopped, for slices above to tie to their rows."""
    return Account.objects.filter(person__isnull=False, is_active=True)


def person_in_force(person_id: UUID) -> bool:
    """Whether what opens without signing in, and was made for this person, still opens."""
    return account_in_force(account_of(person_id))


def members_in_force(account_ids: Collection[UUID]) -> Question[dict[UUID, Actor]]:
    """As whom each of these accounts acts in their own matters now; those that were stopped are
    left out."""
    rows = _IN_FORCE.question(Several(account_ids))
    return rows.then(lambda accounts: {row[0]: Actor(*row) for row in accounts})


_IN_FORCE = Prepared(
    lambda account_ids: Account.objects.filter(
        among("pk", account_ids), is_active=True
    ).values_list("id", "person_id", "name")
)


class ActorSource:
    """What the slices below ask through `kernel.actors`."""

    def actor_of(self, account_id: UUID) -> Actor | None:
        account = Account.objects.filter(pk=account_id).first()
        return actor_of(account) if account and account_in_force(account) else None

    def name_of_tied(self, actor: Actor, account_id: UUID) -> str | None:
        pair = [actor.account_id, account_id] if actor.account_id else [account_id]
        rows = Account.objects.filter(pk__in=pair)
        granting = Q(granted_by__in=pair) | Q(confirmed_by__in=pair)
        ties: tuple[QuerySet[Any], ...] = (
            rows.filter(made_by__in=pair),
            Grant.objects.filter(granting, account__in=pair),
            journal.timeline(*pair).filter(verb=RESET_VERB, account_id__in=pair),
        )
        return rows.get(pk=account_id).name if any(tie.exists() for tie in ties) else None


def account_by_id(account_id: UUID) -> Account:
    """An account with who reset its password last, for the worker."""
    return Account.objects.select_related("reset_by").get(pk=account_id)


def account_of(person_id: UUID) -> Account | None:
    """The account of a person whom the caller may see."""
    return Account.objects.filter(person_id=person_id).first()


def member_accounts(actor: Actor) -> QuerySet[Membership]:
    """Members for whom the actor may make accounts, each with `person.account` if there is one."""
    return memberships(actor, Permission.ACCOUNT_CREATE)


def account_named(name: str) -> UUID | None:
    """The account with a name to sign in with, or of who has a volunteer number, while it may sign
    in; for slices above, in which somebody is named who already knows one of them."""
    rows = Account.objects.filter(Q(username=name.lower()) | Q(person__number=name), is_active=True)
    return rows.values_list("pk", flat=True).first()


def accounts_by_person(person_ids: Iterable[UUID]) -> dict[UUID, Account]:
    """The accounts of persons whom the caller may see."""
    rows = Account.objects.filter(person_id__in=list(person_ids))
    return {row.person_id: row for row in rows if row.person_id}


def switches() -> QuerySet[Switch]:
    """The register of switches, which everybody signed in may read."""
    rows = Switch.objects.select_related("organisation", "proposed_by", "confirmed_by")
    return rows.order_by("-proposed_at")


def switches_in_force() -> QuerySet[Switch]:
    """Switches that two administrators turned on and that have not ended."""
    return switches().filter(confirmed_at__isnull=False, ended_at=None, ends_on__gte=clock.today())


def switches_to_confirm(actor: Actor) -> QuerySet[Switch]:
    """Proposed switches that the actor may confirm."""
    rows = switches().filter(confirmed_at=None, ended_at=None, ends_on__gte=clock.today())
    return within(rows, actor, Permission.SWITCH_CONFIRM, "organisation__path")


def switches_to_end(actor: Actor) -> QuerySet[Switch]:
    """Switches that are on or wait, for either of the two administrators."""
    rows = switches().filter(ended_at=None)
    either = (Permission.SWITCH_PROPOSE, Permission.SWITCH_CONFIRM)
    proposed, confirmed = (within(rows, actor, one, "organisation__path") for one in either)
    return rows.filter(Q(pk__in=proposed.values("pk")) | Q(pk__in=confirmed.values("pk")))


def is_on(key: str, organisation: Organisation) -> bool:
    """Whether a switch is on for the organisation, by itself or from above."""
    paths = switches_in_force().filter(key=key).values_list("organisation__path", flat=True)
    return any(organisation.path.startswith(path) for path in paths)


def switch_spans(key: str, organisation: Organisation) -> list[tuple[datetime, datetime]]:
    """From which instant to before which a switch was or is on for the organisation, by itself or
    from above, as it stood in the tree then; since it was closed, for who took over. One that is on
    is so until the end of its last day."""
    rows = Switch.objects.filter(key=key, confirmed_at__isnull=False).order_by("confirmed_at")
    switches = list(rows.select_related("organisation"))
    spans = [
        (max(row.confirmed_at, begins), min(ends, row.ended_at or ends, clock.end_of(row.ends_on)))
        for path, begins, ends, paths in _standings(organisation, switches)
        for row in switches
        if row.confirmed_at is not None and path.startswith(paths[row.organisation_id])
    ]
    return [(since, end) for since, end in spans if since < end]


def _standings(
    organisation: Organisation, switches: Collection[Switch]
) -> Iterator[tuple[str, datetime, datetime, Mapping[int, str]]]:
    """Where an organisation stood in the tree: its path, since when and until when, and the paths
    of those that have the switches then."""
    present = {row.organisation_id: row.organisation.path for row in switches}
    since, ever = organisation.opened_at, datetime.max.replace(tzinfo=UTC)
    for row in reversed(periods_of(organisation)):
        yield _own_path(row, row.since), row.since, row.until, paths_at(present, row.since)
        since = row.until
    yield _own_path(organisation, since), since, ever, present


def _own_path(place: Organisation | OrganisationPeriod, since: datetime) -> str:
    """Where it stood itself; since it was closed, where who took over does."""
    is_open = place.closed_at is None or place.closed_at > since
    return place.path if is_open else place.path.rsplit(".", 2)[0] + "."


def assessments() -> QuerySet[ImpactAssessment]:
    """Every impact assessment on file, which everybody signed in may read, the latest first."""
    rows = ImpactAssessment.objects.select_related("organisation", "filed_by")
    return rows.order_by("-filed_at", "pk")


def is_assessed(key: str, organisation: Organisation) -> bool:
    """Whether an assessment of the last three years is on file for a switch, of the organisation or
    of one above."""
    first = clock.today() - timedelta(days=ASSESSMENT_DAYS)
    rows = assessments().filter(key=key, approved_on__gte=first)
    paths = rows.values_list("organisation__path", flat=True)
    return any(organisation.path.startswith(path) for path in paths)


def journal_entries(actor: Actor) -> QuerySet[JournalEntry]:
    """What happened in the organisations whose journal the actor may read."""
    rows = journal.entries()
    reach = actor.paths(Permission.JOURNAL_READ)
    if not reach or reach == ("",):
        return rows if reach else rows.none()
    scope = organisations(actor, Permission.JOURNAL_READ)
    return rows.filter(scope_id__in=scope.values("pk"))


def without_reminders(person_ids: Iterable[UUID]) -> set[UUID]:
    """Of these persons, those who turned reminders off on their account."""
    rows = Account.objects.filter(person__in=list(person_ids), reminders=False)
    return {row for row in rows.values_list("person", flat=True) if row}


def reminders_of(actor: Actor) -> bool:
    """Whether the actor wants to be reminded."""
    if actor.account_id is None:
        return False
    return not Account.objects.filter(pk=actor.account_id, reminders=False).exists()


def givable_scopes(actor: Actor) -> list[Permission]:
    """What the actor could give a token, alphabetical; nothing for the three administrators."""
    if needs_second_step(actor):
        return []
    return [scope for scope in sorted(SCOPES) if actor.may_somewhere(scope)]


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The actor's own tokens, those in force first, then the latest; none for who acts by one."""
    if actor.account_id is None or not actor.reaches_own:
        return ApiToken.objects.none()
    rows = ApiToken.objects.filter(account=actor.account_id).select_related("organisation")
    return rows.order_by(F("revoked_at").asc(nulls_first=True), "-made_at")


def tokens_of(actor: Actor, account: Account) -> QuerySet[ApiToken]:
    """The tokens of an account, as far as the actor reads accounts there."""
    rows = ApiToken.objects.filter(account=account).select_related("organisation")
    return within(rows, actor, Permission.ACCOUNT_READ, "organisation__path").order_by("-made_at")


def revocable_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """Tokens the actor may take back, or took back: their own, and those in scope of who grants."""
    rows = ApiToken.objects.all()
    granted = within(rows, actor, Permission.ACCOUNT_GRANT, "organisation__path")
    return rows.filter(Q(pk__in=own_tokens(actor).values("pk")) | Q(pk__in=granted.values("pk")))


def live_tokens(account: Account) -> QuerySet[ApiToken]:
    """Tokens of an account that can still be used."""
    return ApiToken.objects.filter(account=account, revoked_at=None, ends_on__gte=clock.today())


def token_places(actor: Actor) -> QuerySet[Organisation]:
    """Open organisations for which the actor could make a token: where they hold anything."""
    return reached(actor).filter(closed_at=None)


def token_by_digest(digest: bytes) -> ApiToken | None:
    """The token whose secret has this digest, with its account and organisation."""
    rows = ApiToken.objects.select_related("account", "organisation")
    return rows.filter(digest=digest).first()


def actor_by(token: ApiToken) -> Actor | None:
    """Who acts by the token now: what the account holds at this moment, of its scopes, at its
    organisation and below. None when it, or its account, is not to be used.

    An account waiting for its password to be changed rests, and so do its tokens; one that became
    an administrator's has none.
    """
    account = token.account
    if token.is_over or not account_in_force(account) or account.must_change_password:
        return None
    whole = actor_of(account)
    if needs_second_step(whole):
        return None
    return whole.narrowed(token.permissions, token.organisation.path, by=token.prefix)
