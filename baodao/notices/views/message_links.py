"""The page behind the link in every message outside: it ends what the message was about."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from baodao.notices.commands.preferences import mute_by_link
from baodao.notices.queries.channels import delivery_by_token, topics_of
from baodao.notices.queries.preferences import off_outside
from baodao.ui.guards import choosing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@login_not_required
@never_cache
@choosing
def off(request: ActorRequest, off_token: str) -> HttpResponse:
    """The question, and with POST the end of these topics outside. A stranger who holds the link
    learns the topics and the name of the channel, and can do nothing else."""
    # no end: the page shows what ended in the place of what may end
    delivery = delivery_by_token(off_token)
    if request.method == "POST":
        act = partial(mute_by_link, token=off_token, topics=request.POST.getlist("topic"))
        message = _("Ended. No more of these messages come.")
        return submit(request, act, to=request.path, message=message)
    over = {topic for _channel, topic in off_outside([delivery.channel])}
    topics = topics_of(delivery)
    context = {
        "channel": delivery.channel,
        "topics": [(topic.value, topic.words) for topic in topics if topic not in over],
        "ended": [topic.words for topic in topics if topic in over],
    }
    return render(request, "notices/off.html", context)
