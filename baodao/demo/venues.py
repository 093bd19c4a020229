"""四级阵地 around 柳荫社区: a centre of the district and one of the street, the station of the
community with its rooms and windows, a rest stop in a grid; a room used, one that waits."""

from datetime import timedelta

from baodao.bookings.rules.bookings import CONSENT, BookingFacts
from baodao.demo.seasons import Season
from baodao.demo.stage import DIRECTOR
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.venues.commands.bookings import book_by_hand, book_room
from baodao.venues.commands.venues import add_room, add_venue, add_window, set_days
from baodao.venues.models import VenueRoom
from baodao.venues.queries.venues import free_of
from baodao.venues.rules.venues import OtherDays, RoomFacts, VenueFacts, WindowFacts

WORKDAYS = ("09:00-12:00、14:00-17:30",) * 5
DAILY, EVERY_HOUR = (*WORKDAYS, "09:00-12:00", "09:00-12:00"), ("07:00-21:00",) * 7
OFFICE = (*WORKDAYS, "", "")
STATION = VenueFacts(
    *("station", "柳荫社区党群服务站", "柳荫里8号一楼，北门进", DAILY, "0990-5550101"),
    "看书看报、议事协商、儿童托管、体检测血压",
)
POST = VenueFacts(
    *("post", "暖心驿站", "柳荫里3号楼旁，快递柜对面", EVERY_HOUR, ""),
    "歇脚、热水、充电、微波炉，快递员和环卫工人随时可用",
)
ABOVE = {
    Kind.STREET: VenueFacts(
        *("centre", "街道党群服务中心", "街道办事处一楼大厅", OFFICE, "0990-5550100"),
        "政务服务、培训讲座、志愿者之家",
    ),
    Kind.DISTRICT: VenueFacts(
        *("centre", "区党群服务中心", "区文化馆东侧二楼", DAILY, "0990-5550001"),
        "党员教育、展览、大型活动",
    ),
}
ROOMS = (
    RoomFacts("议事厅", 30, 60, "有投影和白板"),
    RoomFacts("读书角", 12, 120, "保持安静"),
)
WINDOWS = (
    WindowFacts("综合窗口", "老年证、居住证明、医保登记，请带身份证"),
    WindowFacts("党群窗口", "在职党员报到、认领岗位、登记微心愿"),
)
HALL = RoomFacts("多功能厅", 120, 120, "需提前说明人数")


class ServiceVenues:
    """Places of four levels, as they were entered two months ago."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.rooms: list[VenueRoom] = []

    def enter(self) -> None:
        self.diary.enter(self.at(60, 10), self._opened)
        self.diary.enter(self.at(8, 9), self._used)
        self.diary.enter(self.at(1, 10), self._ahead)

    def _opened(self) -> None:
        worker, home = self.season.worker, self.season.home
        station = add_venue(worker, organisation_id=home.pk, kind=Kind.COMMUNITY, facts=STATION)
        self.rooms = [add_room(worker, venue_id=station.pk, facts=facts) for facts in ROOMS]
        for facts in WINDOWS:
            add_window(worker, venue_id=station.pk, facts=facts)
        for grid in self.season.stage.below(home, Kind.GRID)[:1]:
            add_venue(worker, organisation_id=grid, kind=Kind.GRID, facts=POST)
        self._above(home.parent)

    def _above(self, place: Organisation | None) -> None:
        while place is not None and Kind(place.kind) in ABOVE:
            kind = Kind(place.kind)
            row = add_venue(DIRECTOR, organisation_id=place.pk, kind=kind, facts=ABOVE[kind])
            add_room(DIRECTOR, venue_id=row.pk, facts=HALL)
            place = place.parent

    def _used(self) -> None:
        """Somebody called; a day ahead is closed, with the reason."""
        worker, room = self.season.worker, self.rooms[0]
        facts = BookingFacts(
            free_of(room)[0].starts_at,
            "楼栋长老周",
            "19900000141",
            "",
            "楼栋议事",
            CONSENT,
            "phone",
        )
        book_by_hand(worker, room_id=room.pk, facts=facts)
        day = clock.today() + timedelta(days=20)
        closed = OtherDays(day, day, "", "消防设施检修")
        set_days(worker, venue_id=room.venue_id, other=closed)

    def _ahead(self) -> None:
        """A resident asks for a room on the public page."""
        room = self.rooms[1]
        facts = BookingFacts(free_of(room)[3].starts_at, "", notes="亲子读书会，约 10 人")
        book_room(NOBODY, token=room.venue.token, room_id=room.pk, facts=facts)
