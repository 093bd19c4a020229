"""Who may do what, where: one pure table, and the actor who carries the answer.

A permission is held on a path of the organisation tree and on everything below it. The same
`Actor.paths` answers "may I?" here and "which rows?" in `baodao.kernel.scope`.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from uuid import UUID


class Permission(StrEnum):
    """`<noun>:<act>`, alphabetical."""

    ACCOUNT_CREATE = "account:create"
    ACCOUNT_GRANT = "account:grant"
    ACCOUNT_READ = "account:read"
    ALLIANCE_EDIT = "alliance:edit"
    ALLOCATION_PROPOSE = "allocation:propose"
    CALLUP_CALL = "callup:call"
    CLAIM_DECIDE = "claim:decide"
    CLAIM_MAKE = "claim:make"
    CLAIM_READ = "claim:read"
    CLAUSE_EDIT = "clause:edit"
    COMPLAINT_ANSWER = "complaint:answer"
    COMPLIANCE_READ = "compliance:read"
    CONTACT_ASSIGN = "contact:assign"
    CONTACT_ENTRUST = "contact:entrust"
    CONTACT_READ = "contact:read"
    DIVISION_IMPORT = "division:import"
    EXEMPTION_APPROVE = "exemption:approve"
    EXEMPTION_REQUEST = "exemption:request"
    FEEDBACK_ANSWER = "feedback:answer"
    FEEDBACK_DRAFT = "feedback:draft"
    FEEDBACK_READ = "feedback:read"
    FEEDBACK_RECEIVE = "feedback:receive"
    FEEDBACK_SIGN = "feedback:sign"
    FIGURE_READ = "figure:read"
    FLAG_DECIDE = "flag:decide"
    GATHERING_KEEP = "gathering:keep"
    GRANT_CONFIRM = "grant:confirm"
    HONOUR_DECIDE = "honour:decide"
    HONOUR_PROPOSE = "honour:propose"
    HONOUR_READ = "honour:read"
    HOUSEHOLD_CHILDREN = "household:children"
    HOUSEHOLD_EDIT = "household:edit"
    HOUSEHOLD_OPEN = "household:open"
    HOUSEHOLD_READ = "household:read"
    IDENTITY_SETTLE = "identity:settle"
    JOURNAL_READ = "journal:read"
    LETTER_ISSUE = "letter:issue"
    NEED_COLLECT = "need:collect"
    NEED_READ = "need:read"
    NEED_SCREEN = "need:screen"
    OFFER_EDIT = "offer:edit"
    OFFER_READ = "offer:read"
    OPINION_ASK = "opinion:ask"
    OPINION_READ = "opinion:read"
    ORGANISATION_EDIT = "organisation:edit"
    PERSON_EDIT = "person:edit"
    PERSON_MERGE = "person:merge"
    PERSON_READ = "person:read"
    PERSON_UNMASK = "person:unmask"
    PLACE_REPORT_WRITE = "place-report:write"
    PLACE_VENUE_EDIT = "place-venue:edit"
    POLICY_ADOPT = "policy:adopt"
    POLICY_EDIT = "policy:edit"
    POLICY_READ = "policy:read"
    PROBLEM_ANSWER = "problem:answer"
    PROBLEM_EDIT = "problem:edit"
    PROBLEM_READ = "problem:read"
    PROBLEM_STEER = "problem:steer"
    RECORD_CONFIRM = "record:confirm"
    RECORD_CREATE = "record:create"
    RECORD_IMPORT = "record:import"
    RECORD_READ = "record:read"
    RECORD_REVERSE = "record:reverse"
    REGISTRATION_ACCEPT = "registration:accept"
    REGISTRATION_END = "registration:end"
    REGISTRATION_PLACE = "registration:place"
    REGISTRATION_PRESENT = "registration:present"
    REGISTRATION_READ = "registration:read"
    REGISTRATION_REMIND = "registration:remind"
    REGISTRATION_TRANSFER = "registration:transfer"
    REGISTRATION_WITHDRAW = "registration:withdraw"
    REPORT_READ = "report:read"
    REPORT_RECEIVE = "report:receive"
    REPORT_REQUEST = "report:request"
    REPORT_WRITE = "report:write"
    ROSTER_IMPORT = "roster:import"
    SETTING_EDIT = "setting:edit"
    SWITCH_CONFIRM = "switch:confirm"
    SWITCH_PROPOSE = "switch:propose"
    SYSTEM_READ = "system:read"
    TALENT_EDIT = "talent:edit"
    TIMEBANK_SERVE = "timebank:serve"
    UNIT_REGISTRATION_ACCEPT = "unit-registration:accept"
    UNIT_REGISTRATION_PRESENT = "unit-registration:present"
    UNIT_REGISTRATION_READ = "unit-registration:read"
    VENUE_EDIT = "venue:edit"


class Role(StrEnum):
    """A role is granted on an organisation; "my own" is no role but `scope.own`."""

    AUDIT_ADMINISTRATOR = "audit-administrator"
    BRANCH_SECRETARY = "branch-secretary"
    COMMUNITY_SECRETARY = "community-secretary"
    COMMUNITY_WORKER = "community-worker"
    OPERATOR = "operator"
    SECURITY_ADMINISTRATOR = "security-administrator"
    SUPERVISOR = "supervisor"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    UNIT_CLERK = "unit-clerk"
    UNIT_SECRETARY = "unit-secretary"


ADMINISTRATORS = frozenset(
    {Role.AUDIT_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR}
)
"""三员: one account holds at most one of them, and no other role beside it."""

P = Permission

_READING = frozenset(
    {
        P.CLAIM_READ,
        P.CONTACT_READ,
        P.FEEDBACK_READ,
        P.FIGURE_READ,
        P.HONOUR_READ,
        P.NEED_READ,
        P.OFFER_READ,
        P.PERSON_READ,
        P.POLICY_READ,
        P.PROBLEM_READ,
        P.RECORD_READ,
        P.REGISTRATION_READ,
        P.REPORT_READ,
        P.UNIT_REGISTRATION_READ,
    }
)
_COMMUNITY = _READING | {
    P.ALLIANCE_EDIT,
    P.CALLUP_CALL,
    P.CLAIM_DECIDE,
    P.COMPLAINT_ANSWER,
    P.FEEDBACK_DRAFT,
    P.GATHERING_KEEP,
    P.HONOUR_PROPOSE,
    P.HOUSEHOLD_EDIT,
    P.HOUSEHOLD_OPEN,
    P.HOUSEHOLD_READ,
    P.NEED_COLLECT,
    P.NEED_SCREEN,
    P.OFFER_EDIT,
    P.OPINION_ASK,
    P.OPINION_READ,
    P.PERSON_UNMASK,
    P.PROBLEM_ANSWER,
    P.PROBLEM_EDIT,
    P.RECORD_CONFIRM,
    P.RECORD_CREATE,
    P.RECORD_IMPORT,
    P.RECORD_REVERSE,
    P.REGISTRATION_ACCEPT,
    P.REGISTRATION_END,
    P.REGISTRATION_PLACE,
    P.REPORT_RECEIVE,
    P.REPORT_WRITE,
    P.TALENT_EDIT,
    P.TIMEBANK_SERVE,
    P.UNIT_REGISTRATION_ACCEPT,
    P.VENUE_EDIT,
}
_UNIT = _READING | {
    P.ACCOUNT_CREATE,
    P.CLAIM_MAKE,
    P.EXEMPTION_REQUEST,
    P.FEEDBACK_RECEIVE,
    P.GATHERING_KEEP,
    P.HONOUR_PROPOSE,
    P.LETTER_ISSUE,
    P.NEED_COLLECT,
    P.OPINION_ASK,
    P.OPINION_READ,
    P.PERSON_EDIT,
    P.PERSON_MERGE,
    P.PERSON_UNMASK,
    P.POLICY_EDIT,
    P.PROBLEM_ANSWER,
    P.REGISTRATION_END,
    P.REGISTRATION_PRESENT,
    P.REGISTRATION_REMIND,
    P.REGISTRATION_TRANSFER,
    P.REGISTRATION_WITHDRAW,
    P.REPORT_RECEIVE,
    P.REPORT_WRITE,
    P.ROSTER_IMPORT,
    P.UNIT_REGISTRATION_PRESENT,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AUDIT_ADMINISTRATOR: frozenset({P.ACCOUNT_READ, P.COMPLIANCE_READ, P.JOURNAL_READ}),
    Role.BRANCH_SECRETARY: _READING | {P.CLAIM_MAKE, P.GATHERING_KEEP, P.REGISTRATION_REMIND},
    Role.COMMUNITY_SECRETARY: _COMMUNITY
    | {
        P.CLAUSE_EDIT,
        P.CONTACT_ENTRUST,
        P.FEEDBACK_SIGN,
        P.HONOUR_DECIDE,
        P.HOUSEHOLD_CHILDREN,
        P.SETTING_EDIT,
    },
    Role.COMMUNITY_WORKER: _COMMUNITY,
    Role.OPERATOR: frozenset(Permission),
    Role.SECURITY_ADMINISTRATOR: frozenset(
        {
            P.ACCOUNT_CREATE,
            P.ACCOUNT_GRANT,
            P.ACCOUNT_READ,
            P.COMPLIANCE_READ,
            P.GRANT_CONFIRM,
            P.SWITCH_CONFIRM,
        }
    ),
    Role.SUPERVISOR: _READING
    | {
        P.ALLOCATION_PROPOSE,
        P.CALLUP_CALL,
        P.CLAUSE_EDIT,
        P.COMPLAINT_ANSWER,
        P.COMPLIANCE_READ,
        P.CONTACT_ASSIGN,
        P.FLAG_DECIDE,
        P.HONOUR_DECIDE,
        P.HONOUR_PROPOSE,
        P.IDENTITY_SETTLE,
        P.OPINION_READ,
        P.PLACE_REPORT_WRITE,
        P.PLACE_VENUE_EDIT,
        P.POLICY_ADOPT,
        P.POLICY_EDIT,
        P.PROBLEM_STEER,
        P.REPORT_RECEIVE,
        P.REPORT_REQUEST,
    },
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {
            P.CLAUSE_EDIT,
            P.COMPLIANCE_READ,
            P.DIVISION_IMPORT,
            P.GRANT_CONFIRM,
            P.ORGANISATION_EDIT,
            P.SETTING_EDIT,
            P.SWITCH_PROPOSE,
            P.SYSTEM_READ,
        }
    ),
    Role.UNIT_CLERK: _UNIT,
    Role.UNIT_SECRETARY: _UNIT
    | {
        P.EXEMPTION_APPROVE,
        P.FEEDBACK_ANSWER,
        P.HONOUR_DECIDE,
        P.POLICY_ADOPT,
        P.SETTING_EDIT,
    },
}


@dataclass(frozen=True)
class HeldRole:
    """`role` on the organisation at `path` and on all below; the path "" is the whole tree.

    `only`, where there is one, leaves that of the role's permissions and no other.
    """

    role: Role
    path: str
    only: frozenset[Permission] | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the grant allows on its path."""
        granted = ROLE_PERMISSIONS[self.role]
        return granted if self.only is None else granted & self.only

    def narrowed(self, only: frozenset[Permission], path: str) -> "HeldRole | None":
        """What of the grant remains of `only` and at `path` or below; None where that is nothing
        in the tree."""
        inner = max(self.path, path, key=len)
        if not (inner.startswith(self.path) and inner.startswith(path)):
            return None
        return HeldRole(self.role, inner, self.permissions & only)


@dataclass(frozen=True)
class Actor:
    """Who acts: built once per request, immutable, and told to every command.

    `by` names the token of a program that acts for the account; the journal writes it down.
    `reaches_own` is whether what is about the person themselves is open too; a narrowed actor has
    no such reach, but keeps the person, because nobody decides about themselves.
    """

    account_id: UUID | None
    person_id: UUID | None
    name: str
    grants: tuple[HeldRole, ...] = ()
    by: str = ""
    reaches_own: bool = True

    def narrowed(self, only: Collection[Permission], path: str, by: str = "") -> "Actor":
        """The actor with `only` these permissions of those held, at `path` and below, and without
        their own matters: never more than before. `by` is what narrows it."""
        allowed = frozenset(only)
        left = (grant.narrowed(allowed, path) for grant in self.grants)
        grants = tuple(grant for grant in left if grant is not None)
        return replace(self, grants=grants, by=by or self.by, reaches_own=False)

    @cached_property
    def _paths(self) -> dict[Permission, tuple[str, ...]]:
        reaches: dict[Permission, set[str]] = {}
        for grant in self.grants:
            for permission in grant.permissions:
                reaches.setdefault(permission, set()).add(grant.path)
        return {permission: _outermost(paths) for permission, paths in reaches.items()}

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """The outermost paths on which the actor holds `permission`, sorted."""
        return self._paths.get(permission, ())

    @cached_property
    def reach(self) -> tuple[str, ...]:
        """The outermost paths on which the actor holds anything at all, sorted."""
        return _outermost({path for paths in self._paths.values() for path in paths})

    def may(self, permission: Permission, path: str) -> bool:
        """Whether some grant with `permission` covers the organisation at `path`."""
        return any(path.startswith(prefix) for prefix in self.paths(permission))

    def may_somewhere(self, permission: Permission) -> bool:
        return permission in self._paths

    def has_role(self, role: Role) -> bool:
        return any(grant.role is role for grant in self.grants)


NOBODY = Actor(account_id=None, person_id=None, name="")
"""Somebody without an account, such as a resident who asks for help."""

SYSTEM = Actor(account_id=None, person_id=None, name="system")
"""What is done by itself, such as the work of every night; it may nothing that needs a right. Its
name is a message id."""


def _outermost(paths: set[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)
