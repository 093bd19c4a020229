"""What documents look at: whether papers can be set in the faces that offices expect."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from baodao.documents import fonts
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.health import Check, Finding, Health
from baodao.ui.wording import worded


def faces() -> Finding:
    """Papers need a full Song face; FangSong is what offices expect for the text."""
    try:
        used = fonts.faces()
    except Refused as missing:
        return Finding(Health.FAIL, _("none"), worded(missing))
    if used.body != used.song:
        return Finding(Health.OK, f"{used.body[0]}, {used.song[0]}")
    advice = _("Put your licensed 仿宋_GB2312 into %(folder)s; until then Song is used.")
    return Finding(Health.WARN, used.song[0], advice % {"folder": Path(settings.VAR) / "fonts"})


CHECKS = (Check("fonts", gettext_noop("fonts for papers"), faces),)
