"""The page behind the link in every message outside: it ends what the message was about."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from baodao.kernel.authz import Actor
from baodao.notices.commands.preferences import end_by_link
from baodao.notices.queries.channels import delivery_by_token, topics_said
from baodao.ui.posts import attempt
from baodao.ui.requests import ActorRequest


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def off(request: ActorRequest, off_token: str) -> HttpResponse:
    """The question, and with POST the end of these topics outside. A stranger who holds the link
    learns the topics and the name of the channel, and can do nothing else."""
    delivery = delivery_by_token(off_token)
    said = [(topic.value, topic.words) for topic in topics_said(delivery)]
    chosen = request.POST.getlist("topic")

    def act(actor: Actor) -> None:
        end_by_link(actor, token=off_token, topics=chosen)

    if request.method == "POST":
        attempt(request, act, to=request.path)
    ended = [name for topic, name in said if topic in chosen]
    context = {"channel": delivery.channel, "topics": said, "ended": ended}
    return render(request, "notices/off.html", context)
