"""Short ways to an alliance: who offers, what, and appointments."""

from datetime import datetime, time, timedelta
from typing import Any

from baodao.alliance.commands.appointments import book
from baodao.alliance.commands.members import add_member, publish_service
from baodao.alliance.models import AllianceService, Appointment
from baodao.alliance.queries.alliance import free_of
from baodao.alliance.rules.alliance import AllianceFacts, ServiceFacts
from baodao.bookings.rules.bookings import CONSENT, BookingFacts
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.needs.commands.residents import renew_page
from baodao.needs.queries.residents import resident_page_of
from tests.world import World

MORNING = "09:00-11:00"
SHOP = AllianceFacts("shop", "便民修理铺", "19900009991", "柳荫里1号")
REPAIR = ServiceFacts("修小家电", "there", "free", 30, (MORNING,) * 7)
VISITOR = ("孔阿姨", "19900009992")


def token(world: World) -> str:
    """The address of the page of An's community."""
    page = resident_page_of(world.willow)
    return (page or renew_page(world.actor("an"), community_id=world.willow.pk)).token


def service(
    world: World, facts: ServiceFacts = REPAIR, who: AllianceFacts = SHOP
) -> AllianceService:
    """An puts up what a shop offers every morning."""
    member = add_member(world.actor("an"), community_id=world.willow.pk, facts=who)
    return publish_service(world.actor("an"), member_id=member.pk, facts=facts)


def hour(days: int = 1, at: time = time(9)) -> datetime:
    """An hour of a day from today on, in China."""
    day = clock.today() + timedelta(days=days)
    return datetime.combine(day, at, tzinfo=clock.ZONE)


def booked(world: World, row: AllianceService, at: datetime | None = None) -> Appointment:
    """A resident books it for tomorrow at nine, or for another hour."""
    name, phone = VISITOR
    facts = BookingFacts(at or hour(), name, phone, "", "洗衣机不转", CONSENT)
    return book(NOBODY, token=token(world), service_id=row.pk, facts=facts)


def free_hours(row: AllianceService) -> set[datetime]:
    """When it may be booked."""
    return {slot.starts_at for slot in free_of(row)}


def values_of(world: World, name: str, phone: str, person: Any) -> dict[str, Any]:
    """A service of somebody with an account, booked, for the sheet of permissions."""
    who = AllianceFacts("shop", "便民修理铺", "19900009991", number=person.number)
    row = service(world, who=who)
    facts = BookingFacts(hour(), name, phone, "", "", CONSENT)
    one = book(NOBODY, token=token(world), service_id=row.pk, facts=facts)
    return {
        "alliance_member_id": row.member_id,
        "service_id": row.pk,
        "on": hour().date().isoformat(),
        "appointment_id": one.pk,
        "own_appointment_id": one.pk,
        "appointment_code": one.code,
    }


def fresh(row: Appointment) -> Appointment:
    return Appointment.objects.get(pk=row.pk)
