"""A meeting: called, with its items and who came, decisions and tasks, and the minutes."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.committees.commands import meetings as commands
from baodao.committees.commands import minutes as minute_commands
from baodao.committees.documents import appointment, minutes_item
from baodao.committees.forms import (
    DecisionTaskForm,
    ItemDecisionForm,
    MeetingForm,
    SignatureForm,
)
from baodao.committees.models import Committee, Meeting, MeetingItem, Minutes
from baodao.committees.queries import committees as queries
from baodao.committees.queries.barriers import (
    check_called_off,
    check_decided,
    check_drafted,
    check_going_on,
    check_resolvable,
)
from baodao.committees.queries.minutes import changes_of, digest_in, minutes_of, words_of
from baodao.committees.rules.committees import STORIES, MeetingState
from baodao.committees.rules.papers import MINUTES
from baodao.documents.files import render as render_paper
from baodao.documents.views import paper_page
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused, barrier
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices
from baodao.problems.models import ProblemTask
from baodao.problems.queries.problems import owners_for
from baodao.problems.rules.problems import TEXT, USUAL_DAYS
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.timelines import timeline_items
from baodao.ui.wording import worded


def _page_of(row: Meeting) -> str:
    return reverse("committees:meeting", args=[row.pk])


@asking
def call(request: ActorRequest, committee_id: UUID) -> HttpResponse:
    """Call it together; open problems and old needs are suggested."""
    row, form = _meeting_of(request, committee_id)
    lead = gettext("Every member organisation is told when, where and about what.")
    page = question(form, gettext("Call a meeting"), gettext("Call"), lead)

    def act(actor: Actor, **_: object) -> Meeting:
        return commands.call_meeting(actor, committee_id=row.pk, facts=form.facts())

    message = gettext("Called. Every member organisation was told.")
    page = page.while_open(check_going_on, row)
    return submit(request, act, to=_page_of, message=message, page=page)


@asking
def enter(request: ActorRequest, committee_id: UUID) -> HttpResponse:
    """Enter a meeting that took place already."""
    row, form = _meeting_of(request, committee_id)
    lead = gettext("Nobody is told. Whoever was in the committee on that day stands on its list.")
    page = question(form, gettext("Enter a meeting that took place"), gettext("Enter it"), lead)

    def act(actor: Actor, **_: object) -> Meeting:
        return commands.enter_meeting(actor, committee_id=row.pk, facts=form.facts())

    message = gettext("Entered. Write down who came and what was decided, then draft the minutes.")
    page = page.while_open(check_going_on, row)
    return submit(request, act, to=_page_of, message=message, page=page)


def _meeting_of(request: ActorRequest, committee_id: UUID) -> tuple[Committee, MeetingForm]:
    """The committee, and the form of a meeting of it."""
    row = queries.committees_to_run(request.actor).filter(pk=committee_id).first()
    if row is None:
        raise Absent("committee")
    return row, bound(request, MeetingForm, **_suggested(request, row.place))


def _suggested(request: ActorRequest, place: Organisation) -> dict[str, list[tuple[str, str]]]:
    """Open problems and old needs, as choices."""
    problems = queries.suggested_problems(request.actor, place)
    needs = queries.suggested_needs(request.actor, place)
    return {
        "problems": [(str(one.pk), one.text) for one in problems],
        "needs": [(str(one.pk), one.text[:80]) for one in needs],
    }


@reading
def meeting(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting, for who runs it and for who was invited."""
    row = queries.meeting_of(queries.meetings(request.actor), meeting_id)
    runs = queries.meetings_to_run(request.actor).filter(pk=row.pk).exists()
    context = {
        "meeting": row,
        "runs": runs and row.state == MeetingState.CALLED,
        "begun": row.starts_at <= clock.now(),
        "cancels": runs and barrier(check_called_off, row) is None,
        "items_of_business": queries.business_of(row),
        "invitees": row.invitees.order_by("member__added_at", "pk"),
        **_minutes(row, runs=runs),
        "items": timeline_items(journal.timeline(row.pk), STORIES),
    }
    return render(request, "committees/meeting.html", context)


def _minutes(row: Meeting, *, runs: bool) -> dict[str, object]:
    """The draft and what was issued; for who runs the meeting, what they say and what changed."""
    draft, issued = minutes_of(row)
    last = draft or (issued[0] if issued else None)
    return {
        "draft": draft,
        "issued": issued,
        "words": words_of(draft) if draft and runs else "",
        "changes": changes_of(last) if last and runs else (),
    }


def _to_run(request: ActorRequest, meeting_id: UUID) -> Meeting:
    return queries.meeting_of(queries.meetings_to_run(request.actor), meeting_id)


@asking
def cancel(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """Let it not take place."""
    row = _to_run(request, meeting_id)
    page = question(
        bound(request, ReasonForm), gettext("Cancel the meeting"), gettext("Cancel the meeting")
    )
    act = partial(commands.cancel_meeting, meeting_id=row.pk)
    message = gettext("Cancelled. Whoever was invited was told.")
    page = page.while_open(check_called_off, row)
    return submit(request, act, to=_page_of(row), message=message, page=page)


@writing
def attendance(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """Who came of those who were invited."""
    row = _to_run(request, meeting_id)
    act = partial(commands.note_attendance, meeting_id=row.pk, came_ids=ids_of(request))
    return submit(request, act, to=_page_of(row), message=gettext("Written down who came."))


def _item(request: ActorRequest, meeting_item_id: UUID) -> MeetingItem:
    rows = MeetingItem.objects.filter(meeting__in=queries.meetings_to_run(request.actor))
    rows = rows.select_related("meeting__committee__place")
    item = rows.filter(pk=meeting_item_id).first()
    if item is None:
        raise Absent("item")
    return item


def _decision(row: MeetingItem) -> dict[str, object]:
    return {"decision": row.decision}


@asking
def decide(request: ActorRequest, meeting_item_id: UUID) -> HttpResponse:
    """What the meeting decided of an item."""
    item = _item(request, meeting_item_id)
    form = bound(request, ItemDecisionForm)
    page = question(form, gettext("What was decided"), gettext("Save"), item.text)
    page = page.editing(item, _decision, item.meeting_id)
    act = partial(commands.resolve_item, item_id=item.pk)
    to = _page_of(item.meeting)
    page = page.while_open(check_resolvable, item)
    return submit(request, act, to=to, message=gettext("Written down."), page=page)


@asking
def task(request: ActorRequest, meeting_item_id: UUID) -> HttpResponse:
    """A task that follows from a decision."""
    item = _item(request, meeting_item_id)
    place = item.meeting.committee.place
    initial = {"text": item.decision[:TEXT], "due_on": clock.today() + timedelta(days=USUAL_DAYS)}
    # no edit: a proposal in the words of the decision; the task is not there yet
    form = bound(request, DecisionTaskForm, find=Choices(owners_for(place)), initial=initial)
    page = question(form, gettext("A task from the decision"), gettext("Add"), item.decision)

    def act(actor: Actor, **_: object) -> ProblemTask:
        text, duty = form.cleaned_data["text"], form.duty()
        return commands.add_decision_task(actor, item_id=item.pk, text=text, duty=duty)

    message = gettext("Added. Whoever does it is told, and it stands on the list of tasks.")
    page = page.while_open(check_decided, item)
    return submit(request, act, to=_page_of(item.meeting), message=message, page=page)


@writing
def draft(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """Draft the minutes, or begin a new version of what was issued."""
    row = _to_run(request, meeting_id)
    act = partial(minute_commands.draft_minutes, meeting_id=row.pk)
    return submit(request, act, to=_page_of(row), message=gettext("Drafted. Write it on here."))


def _draft(request: ActorRequest, minutes_id: UUID) -> Minutes:
    rows = Minutes.objects.filter(meeting__in=queries.meetings_to_run(request.actor))
    row = rows.filter(pk=minutes_id).select_related("meeting__committee__place").first()
    if row is None:
        raise Absent("minutes")
    return row


@writing
def write(request: ActorRequest, minutes_id: UUID) -> HttpResponse:
    """Save what was typed; answered with what stands beside the field from now on."""
    row = _draft(request, minutes_id)
    words, before = request.POST.get("words", ""), request.POST.get("before", "")
    refused = ""
    try:
        row = minute_commands.edit_minutes(
            request.actor, minutes_id=row.pk, words=words, before=before
        )
    except Refused as reason:
        refused = worded(reason)
    context = {"draft": row, "words": words_of(row), "changes": changes_of(row)}
    context |= {"refused": refused, "saved": True}
    status = 422 if refused else 200
    return render(request, "committees/minutes_state.html", context, status=status)


@asking
def again(request: ActorRequest, minutes_id: UUID) -> HttpResponse:
    """Let go what was written, and draft the minutes of what stands now."""
    row = _draft(request, minutes_id)
    lead = gettext("What was written on this draft is let go.")
    label = gettext("Draft them anew")
    page = question(bound(request, Form), label, label, lead).beside(cancel=_page_of(row.meeting))
    act = partial(minute_commands.draft_again, minutes_id=row.pk)
    message = gettext("Drafted anew of what stands now.")
    page = page.while_open(check_drafted, row)
    return submit(request, act, to=_page_of(row.meeting), message=message, page=page)


@asking
def issue(request: ActorRequest, minutes_id: UUID) -> HttpResponse:
    """Name who signs, and issue."""
    row = _draft(request, minutes_id)
    label, seen = gettext("Issue the minutes"), digest_in(row)
    # no edit: nobody has signed yet, and it carries the hash of what is signed
    form = bound(request, SignatureForm, initial={"signer": request.actor.name, "seen": seen})
    lead = gettext("The minutes get their number and stay as they are; a new version may follow.")
    page = question(form, label, label, lead, [(gettext("Text of the minutes"), words_of(row))])
    act = partial(minute_commands.issue_minutes, minutes_id=row.pk)
    message = gettext("Issued. Every member organisation reads the minutes.")
    page = page.while_open(check_drafted, row)
    return submit(request, act, to=_page_of(row.meeting), message=message, page=page)


@reading
def paper(request: ActorRequest, minutes_id: UUID, ending: str) -> HttpResponse:
    """会议纪要 to look at and as a file: as issued, a draft for who runs the meeting."""
    rows: Any = Minutes.objects.select_related("meeting__committee__place")
    row = rows.filter(pk=minutes_id, meeting__in=queries.meetings(request.actor)).first()
    if row is None:
        raise Absent("minutes")
    if row.issued_at is None:
        _to_run(request, row.meeting_id)
    if ending == "html":
        return paper_page(request, MINUTES, [minutes_item(row)])
    medium = MINUTES.file_in(ending)
    return paper_download(request, render_paper(MINUTES.code, [minutes_item(row)], medium))


@reading
def calendar(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting for a phone's calendar."""
    row = queries.meeting_of(queries.meetings(request.actor), meeting_id)
    response = HttpResponse(appointment(row), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
