"""Keeping a Word layout for a paper, and taking it out of use."""

from uuid import UUID

from baodao.documents.catalogue import form_of
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.layouts.models import WordLayout
from baodao.layouts.queries import EDIT, layouts_to_end
from baodao.orgs.queries.tree import check_open, organisations
from baodao.orgs.rules.tree import about


@command
def set_layout(
    actor: Actor, *, organisation_id: int, form: str, file_name: str, content: bytes
) -> WordLayout:
    """Let papers of a form be made in this layout from now on, in an organisation and all below it
    that have none of their own; the former one ends. The layout was read before."""
    place = lock(organisations(actor, EDIT), organisation_id)
    check_open(place)
    former = WordLayout.objects.filter(organisation=place, form=form, ended_at=None)
    former.update(ended_at=clock.now())
    layout = WordLayout.objects.create(
        organisation=place,
        form=form_of(form).code,
        file_name=file_name[:100],
        content=content,
        kept_by=actor.name,
    )
    _write(actor, "layout.kept", layout)
    return layout


@command
def discontinue_layout(actor: Actor, *, layout_id: UUID) -> WordLayout:
    """Make no more papers in a layout; the one above holds, or ours."""
    layout = lock(layouts_to_end(actor), layout_id)
    layout.ended_at = clock.now()
    layout.save(update_fields=["ended_at"])
    _write(actor, "layout.ended", layout)
    return layout


def _write(actor: Actor, verb: str, layout: WordLayout) -> None:
    place = layout.organisation_id
    facts: dict[str, journal.Fact] = {"form": layout.form, "what": layout.file_name}
    journal.write_many(actor, [journal.Act(verb, about(place), place, facts)])
