"""What a resident sees without an account: their community's page, and their own request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.errors import Absent
from baodao.needs.models import Need, ResidentPage
from baodao.needs.queries.answers import answers
from baodao.needs.queries.needs import need_rows, story_of
from baodao.needs.rules.life import ASKER_STATES, ASKER_STORIES, NOT_NEEDED, WAITING, NeedState
from baodao.notices.rules.complaints import code_in
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.ui.timelines import TimelineItem

JUST_NOW = timedelta(minutes=15)
"""Who goes back in the browser and sends the same again does it within this time."""


def page_by_token(token: str) -> ResidentPage:
    """The page of a community, a closed one too, for whoever has its address. Raises `Absent`."""
    page = ResidentPage.objects.select_related("community").filter(token=token).first()
    if page is None:
        raise Absent("page")
    return page


def just_asked(community: Organisation, text: str, place: str, asker: str) -> QuerySet[Need]:
    """The same, asked of a community within minutes, on its page or at its window: in these words,
    for that place, by who is called so."""
    since = clock.now() - JUST_NOW
    rows = Need.objects.filter(community=community, text=text, collected_at__gte=since)
    return rows.filter(place=place, asker=asker).order_by("-collected_at")


def successor_of(community: Organisation) -> Organisation | None:
    """Who looks after the residents of a closed community now; None where nobody took over."""
    successor = standing_of(community)
    return successor if successor.closed_at is None else None


def resident_page_of(community: Organisation) -> ResidentPage | None:
    """The page of a community, once its worker has opened it. Its address is public."""
    return ResidentPage.objects.filter(community=community).first()


@dataclass(frozen=True)
class AskedView:
    """A request as its asker sees it: `main` is the one it was merged into, or itself, with what
    answers it."""

    need: Need
    main: Need
    events: list[TimelineItem]

    @property
    def headline(self) -> str:
        """How it stands, in the asker's words."""
        if self.main.state == NeedState.OPEN and answers().taken_on(self.main):
            return gettext("Somebody has taken it on")
        if self.main.state == NeedState.UNMET and self.main.reason == NOT_NEEDED:
            return gettext("You have withdrawn it")
        return gettext(ASKER_STATES[self.main.state])

    @property
    def helped(self) -> bool:
        """Whether the asker is told what answers it: once that is public."""
        return bool(self.main.answer_id) and self.main.state in (NeedState.OPEN, NeedState.MET)

    @property
    def may_answer(self) -> bool:
        """Whether it is met and they have not said how."""
        return self.main.state == NeedState.MET and not self.need.satisfied

    @property
    def may_withdraw(self) -> bool:
        """Whether nobody was sent yet, and nobody else asked for the same."""
        return self.need.state in WAITING and not is_shared(self.need)

    @property
    def left_contact(self) -> bool:
        """Whether a name or a telephone is kept."""
        return bool(self.need.asker) or self.need.phone_sealed is not None


def asked_by_code(code: str) -> AskedView:
    """The request with this code, for whoever knows it. Raises `Absent`."""
    need = need_by_code(code)
    events = story_of(need, ASKER_STORIES)
    if need.merged_into_id is None:
        return AskedView(need, need, events)
    main = answers().beside(need_rows()).get(pk=need.merged_into_id)
    merged_at = events[-1].at if events else need.collected_at
    events += [event for event in story_of(main, ASKER_STORIES) if event.at > merged_at]
    return AskedView(need, main, events)


CodePage = Callable[[str], str]
"""The address of what is found under a code; raises `Absent`."""
_CODE_PAGES: list[CodePage] = []


def register_code_page(page: CodePage) -> None:
    """Let residents find what a slice above keeps by the same form as their requests."""
    _CODE_PAGES.append(page)


def page_elsewhere(code: str) -> str | None:
    """Where a code leads that is of no need; None where nothing is found under it."""
    for page in _CODE_PAGES:
        try:
            return page(code)
        except Absent:
            continue
    return None


def is_shared(need: Need) -> bool:
    """Whether others asked the same, and are looked after with it."""
    return Need.objects.filter(merged_into=need).exists()


def need_by_code(code: str) -> Need:
    """The need with this code and what answers it. Raises `Absent`."""
    need = answers().beside(need_rows()).filter(code=code_in(code)).first()
    if need is None:
        raise Absent("need")
    return need
