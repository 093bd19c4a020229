"""The lists of rounds, and of who is judged in one."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from baodao.documents.files import list_file
from baodao.honours.models import HonourProposal
from baodao.honours.queries.grounds import ground_words, overtaken
from baodao.honours.queries.words import title_of, words_of_verdict
from baodao.honours.rules.lives import HonourKind, HonourState
from baodao.kernel import clock
from baodao.people.queries.members import unit_of
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Rows, Spec, equals
from baodao.ui.wording import code_choices


def rounds_spec(*, several: bool) -> Spec:
    """Rounds of an organisation; of an authority those below it too, with who holds them."""
    holder = Column(gettext_lazy("Held by"), lambda row: row.organisation.name)
    return Spec(
        title=gettext_lazy("Honours and appraisal"),
        columns=(
            Column(
                gettext_lazy("Round"),
                title_of,
                url=lambda row: row_url("honours:round", row.pk),
            ),
            *([holder] if several else []),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(gettext_lazy("Proposals"), lambda row: row.people, numeric=True),
            Column(gettext_lazy("Signed"), lambda row: row.signed, numeric=True),
            Column(
                gettext_lazy("Publicity until"),
                lambda row: row.public_until,
                "until",
                ("public_until",),
                labelled=True,
            ),
            Column(gettext_lazy("Number"), lambda row: row.number_text, labelled=True),
        ),
        order=("-begun_at",),
        filters=(
            Filter(
                "kind", gettext_lazy("What is judged"), code_choices(HonourKind), equals("kind")
            ),
            Filter("state", gettext_lazy("State"), code_choices(HonourState), equals("state")),
        ),
        empty=gettext_lazy("Nothing was judged or honoured yet."),
        export=list_file,
    )


def branch_rounds_spec() -> Spec:
    """Rounds of the unit, for a branch of it."""
    return Spec(
        title=gettext_lazy("Appraisal of our branch"),
        columns=(
            Column(
                gettext_lazy("Round"),
                title_of,
                url=lambda row: row_url("honours:branch_round", row.pk),
            ),
            Column(gettext_lazy("Held by"), lambda row: row.organisation.name),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(gettext_lazy("Publicity until"), lambda row: row.public_until, labelled=True),
            Column(gettext_lazy("Number"), lambda row: row.number_text, labelled=True),
        ),
        order=("-begun_at",),
        filters=(
            Filter("state", gettext_lazy("State"), code_choices(HonourState), equals("state")),
        ),
        empty=gettext_lazy("Nobody of the branch is judged in a round."),
        export=list_file,
    )


def _belongs(row: HonourProposal) -> str:
    unit = unit_of(row.branch)
    return row.branch.name if unit.pk == row.branch_id else f"{unit.name} {row.branch.name}"


def why_words(row: HonourProposal) -> str:
    """On what a proposal rests: why somebody was named, or what the policy says, by its version."""
    parts = [row.nomination, ground_words(row), row.ground.get("version", "")]
    return " · ".join(part for part in parts if part)


def last_reason(row: HonourProposal) -> str:
    """Why the word is another than the one proposed; empty where it was signed as it was."""
    rulings = list(row.rulings.all())
    return rulings[-1].reason if rulings else ""


LATER = "later"
_PARTS: dict[str, Q] = {
    "unsigned": Q(verdict=""),
    "unproposed": Q(verdict="", proposed=""),
    "other": ~Q(verdict="") & ~Q(verdict=F("proposed")),
}


def _part(rows: Rows, value: str) -> Rows:
    return overtaken(rows) if value == LATER else rows.filter(_PARTS[value])


def proposals_spec(*, signs: bool, names: bool) -> Spec:
    """Who is judged in a round, in the order of the tree and of names: there is no other order.
    Whoever signs ticks those to be signed as they are; `names` is where people were named."""
    return Spec(
        title=gettext_lazy("Proposals"),
        columns=(
            Column(
                gettext_lazy("Name"),
                lambda row: row.name,
                url=lambda row: row_url("honours:proposal", row.pk),
            ),
            Column(gettext_lazy("Belonged to"), _belongs),
            Column(
                gettext_lazy("Named or voted") if names else gettext_lazy("Proposed"),
                lambda row: words_of_verdict(row.proposed),
                labelled=True,
            ),
            Column(gettext_lazy("Why"), why_words),
            Column(
                gettext_lazy("Word signed"),
                lambda row: words_of_verdict(row.verdict),
                labelled=True,
            ),
            Column(gettext_lazy("Signed by"), lambda row: row.signed_by, labelled=True),
            Column(
                gettext_lazy("Signed on"), lambda row: clock.day_of(row.signed_at), export_only=True
            ),
            Column(gettext_lazy("Reason of the change"), last_reason, export_only=True),
        ),
        order=("branch__path", "person__pinyin"),
        search=_search,
        search_hint=gettext_lazy("Name, pinyin initials"),
        filters=(
            Filter(
                "part",
                gettext_lazy("Signature"),
                (
                    ("unsigned", gettext_lazy("Not signed")),
                    ("unproposed", gettext_lazy("Nothing proposed")),
                    ("other", gettext_lazy("Signed with a change")),
                    (LATER, gettext_lazy("Records added or put right since")),
                ),
                _part,
            ),
        ),
        empty=gettext_lazy("Nobody is named yet.") if names else gettext_lazy("Nobody is judged."),
        chooses="chosen" if signs else "",
        choosable=lambda row: bool(row.proposed) and not row.verdict,
        export=list_file,
    )


def _search(rows: Rows, text: str) -> Rows:
    """Persons by name, initials or volunteer number, units by name."""
    person = Q(person__name__contains=text) | Q(person__initials__startswith=text.lower())
    unit = Q(person=None, branch__name__contains=text)
    return rows.filter(person | unit | Q(person__number=text))
