"""No page shows its reader a link that leads nowhere."""

import re
from collections import deque

import pytest
from django.test import Client

from baodao.home.rules.menus import MENUS, pages_of
from baodao.kernel.authz import Role
from tests.world import World

MOST = 60
"""Pages looked at for one reader: the menu and what hangs on it."""


@pytest.mark.parametrize("name", ["an", "deng", "qin", "fan", "sun", "shen", "su", "chen", "gu"])
def test_every_link_leads_somewhere(world: World, name: str) -> None:
    client = Client()
    client.force_login(world.accounts[name])
    seen, wrong = {"/"}, []
    queue = deque([("/", "")])
    while queue and len(seen) < MOST:
        path, source = queue.popleft()
        page = client.get(path)
        if page.status_code == 404:
            wrong.append(f"{path} from {source}")
        if page.status_code in (301, 302):
            links = [page["Location"]]
        elif page["Content-Type"].startswith("text/html"):
            links = re.findall(r'<a\b[^>]*\bhref="(/[^"#]*)', page.content.decode())
        else:
            links = []
        for link in links:
            address = link.replace("&amp;", "&").partition("?")[0]
            if address not in seen and not address.endswith((".docx", ".xlsx", ".ics")):
                seen.add(address)
                queue.append((address, path))
    assert wrong == []


AT_A_GLANCE = 12


@pytest.mark.parametrize("role", MENUS)
def test_a_menu_is_seen_at_a_glance_and_leads_to_each_page_once(role: Role) -> None:
    assert len(MENUS[role]) <= AT_A_GLANCE
    assert len(pages_of(role)) == len({*pages_of(role)})
