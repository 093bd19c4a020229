"""What the journal's verbs about offers and claims say in a timeline."""

from baodao.kernel.errors import gettext_noop

OFFER_STORIES: dict[str, str] = {
    "offer.drafted": gettext_noop("Drafted"),
    "offer.copied": gettext_noop("Drafted after “%(title)s”"),
    "offer.edited": gettext_noop("Changed"),
    "offer.published": gettext_noop("Offered to members"),
    "offer.rescheduled": gettext_noop("Moved from %(old)s to %(new)s"),
    "offer.end-corrected": gettext_noop("Its end put right, from %(old)s to %(new)s"),
    "offer.widened": gettext_noop("From %(old)s to %(new)s places"),
    "offer.written-to": gettext_noop("Words to %(count)s persons who come"),
    "offer.asked-for": gettext_noop("%(count)s persons asked whether they would come"),
    "offer.closed": gettext_noop("Closed by the community"),
    "offer.cancelled": gettext_noop("Cancelled; everybody who had claimed was told"),
    "offer.recorded": gettext_noop("Service of %(count)s persons recorded"),
    "claim.made": gettext_noop("%(name)s claimed"),
    "claim.approved": gettext_noop("%(name)s approved"),
    "claim.lined-up": gettext_noop("%(name)s approved, and waits for a place"),
    "claim.refused": gettext_noop("%(name)s not approved"),
    "claim.withdrawn": gettext_noop("%(name)s gave up the claim"),
    "claim.left": gettext_noop("%(name)s left"),
    "claim.invited": gettext_noop("A free place offered to %(name)s"),
    "claim.seated": gettext_noop("A free place given to %(name)s"),
    "claim.confirmed": gettext_noop("%(name)s took the place"),
    "claim.lapsed": gettext_noop("The place kept for %(name)s became free again"),
    "claim.exit-requested": gettext_noop("%(name)s asked to leave"),
    "claim.exit-taken-back": gettext_noop("%(name)s stays after all"),
    "claim.exit-refused": gettext_noop("%(name)s stays"),
}
"""Facts that are message ids themselves are translated; `reason` is shown beside the sentence."""
