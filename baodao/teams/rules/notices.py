"""What notices say about service teams."""

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

OURS = "/me/team/"
"""Where a member finds their team, and a leader who asks to join or leave it."""

NOTICES = (
    NoticeKind(
        "team-asked",
        Topic.CLAIMS,
        gettext_noop("%(name)s asks to join “%(team)s”. Please answer."),
        url=OURS,
    ),
    NoticeKind(
        "team-asked-to-leave",
        Topic.CLAIMS,
        gettext_noop("%(name)s asks to leave “%(team)s”. Please answer by %(day)s."),
        url=OURS,
    ),
    NoticeKind(
        "team-let-leave",
        Topic.CLAIMS,
        gettext_noop("You have left “%(team)s”. Thank you for what you did there."),
        url=OURS,
    ),
    NoticeKind(
        "team-asked-to-stay",
        Topic.CLAIMS,
        gettext_noop(
            "“%(team)s” asks you to stay: %(reason)s You decide; otherwise you leave on %(day)s."
        ),
        url=OURS,
        stays=True,
    ),
    NoticeKind(
        "team-accepted",
        Topic.CLAIMS,
        gettext_noop("You have joined “%(team)s”. You may leave it at any time."),
        url=OURS,
    ),
    NoticeKind(
        "team-declined",
        Topic.CLAIMS,
        gettext_noop("“%(team)s” cannot take you in: %(reason)s"),
        url=OURS,
        stays=True,
    ),
    NoticeKind(
        "team-lapsed",
        Topic.CLAIMS,
        gettext_noop("Your request to join “%(team)s” came to nothing: it no longer applies."),
        url=OURS,
    ),
    NoticeKind(
        "team-left",
        Topic.CLAIMS,
        gettext_noop("%(name)s has left “%(team)s”."),
        url=OURS,
    ),
    NoticeKind(
        "team-left-together",
        Topic.CLAIMS,
        ngettext_noop(
            "%(names)s has left “%(team)s”, %(count)s member in all.",
            "%(count)s members have left “%(team)s”, %(names)s among them.",
        ),
        url=OURS,
    ),
    NoticeKind(
        "team-back",
        Topic.CLAIMS,
        ngettext_noop(
            "The community took it back: %(names)s (%(count)s in all) stands in “%(team)s” again.",
            "The community took it back: %(names)s (%(count)s in all) stand in “%(team)s” again.",
        ),
        url=OURS,
    ),
    NoticeKind(
        "team-leader",
        Topic.CLAIMS,
        gettext_noop("%(community)s has named you leader of “%(team)s”. Thank you."),
        url=OURS,
    ),
    NoticeKind(
        "team-leader-relieved",
        Topic.CLAIMS,
        gettext_noop("You lead “%(team)s” no longer. Thank you for what you have done."),
        url=OURS,
    ),
    NoticeKind(
        "team-leaderless",
        Topic.CLAIMS,
        gettext_noop("“%(team)s” has no leader any more. Please name another."),
        url="/teams/",
    ),
)
