"""What the unit's contact form says, and what stays open on it until the community accepts."""

from io import BytesIO

from pypdf import PdfReader

from baodao.documents.queries import issued_items
from baodao.kernel import clock
from baodao.partnership import documents
from baodao.partnership.commands import registrations
from baodao.partnership.commands.registrations import UnitContact
from tests import factories
from tests.world import World


def test_the_contact_form_counts_the_roster(world: World) -> None:
    factories.member("退休者", world.second, standing="retired", pinyin="z")
    form = registrations.present(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        community_id=world.willow.pk,
        contact=UnitContact("邓敏", "戴文", "010-66661111", resources="会议室"),
    )
    [item] = issued_items([form.pk], "unit-contact")
    assert (item["branches"], item["members"], item["in_service"]) == (2, 2, 1)
    assert (item["parent"], item.get("accepted_on")) == ("东岸区", None)
    registrations.accept(world.actor("an"), unit_registration_id=form.pk)
    form.refresh_from_db()
    [item] = issued_items([form.pk], "unit-contact")
    assert (item["accepted_on"], item["community_opinion"]) == (clock.today(), "同意接收报到。")
    pages = PdfReader(BytesIO(documents.unit_contact(form, "pdf").content)).pages
    assert "会议室" in "".join(page.extract_text() for page in pages)
