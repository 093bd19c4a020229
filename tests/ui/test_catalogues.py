"""Words are looked up in one place, however many slices write them."""

from itertools import pairwise

import pytest
from django.utils.translation import gettext, ngettext, override, trans_real


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_catalogues_with_the_same_plural_are_one(language: str) -> None:
    catalogue = trans_real.translation(language)._catalog
    codes = [plural.__code__ for plural in catalogue._plurals]
    assert all(one != next_one for one, next_one in pairwise(codes))


def test_words_of_all_slices_and_their_plurals_are_found() -> None:
    with override("zh-hans"):
        assert gettext("Choose all on this page") == "全选本页"
        assert gettext("Volunteer number") == "志愿服务编号"
        found = ngettext("%(count)s row of this list", "All %(count)s rows of this list", 3)
        assert found != "All %(count)s rows of this list"
