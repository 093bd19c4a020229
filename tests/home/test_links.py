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
    seen, wrong, twice = {"/"}, [], set()
    queue = deque([("/", "")])
    while queue and len(seen) < MOST:
        path, source = queue.popleft()
        page = client.get(path)
        if page.status_code in (404, 405):
            wrong.append(f"{path} from {source}")
        if page.status_code in (301, 302):
            links = [page["Location"]]
        elif page["Content-Type"].startswith("text/html"):
            links = re.findall(r'<a\b[^>]*\bhref="(/[^"#]*)', page.content.decode())
            twice |= {f"{link} on {path}" for link in doubled(page.content.decode())}
        else:
            links = []
        for link in links:
            address = link.replace("&amp;", "&").partition("?")[0]
            if address not in seen and not address.endswith((".docx", ".xlsx", ".ics")):
                seen.add(address)
                queue.append((address, path))
    assert (wrong, sorted(twice)) == ([], [])


ROWS = r'<table\b.*?</table>|<div class="empty-state".*?</div>'


def doubled(page: str) -> set[str]:
    """Links that stand twice on a page outside its tables and what an empty list proposes: among
    the pages of its kind and in its lead or beside its headline."""
    main = page[page.find("<main") : page.find("</main>")]
    plain = re.sub(ROWS, "", main, flags=re.DOTALL)
    links = re.findall(r'<a\b[^>]*\bhref="(/[^"#]*)[^>]*>(.*?)</a>', plain, re.DOTALL)
    named = [(link, " ".join(re.sub("<[^>]*>", "", words).split())) for link, words in links]
    return {f"{words} ({link})" for link, words in named if named.count((link, words)) > 1}


AT_A_GLANCE = 12


@pytest.mark.parametrize("role", MENUS)
def test_a_menu_is_seen_at_a_glance_and_leads_to_each_page_once(role: Role) -> None:
    assert len(MENUS[role]) <= AT_A_GLANCE
    assert len(pages_of(role)) == len({*pages_of(role)})
