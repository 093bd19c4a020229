"""What the journal's verbs say in a card's timeline."""

from baodao.kernel.errors import gettext_noop

STORIES: dict[str, str] = {
    "feedback.drafted": gettext_noop("Draft made"),
    "feedback.judged": gettext_noop("Line of judgement written"),
    "feedback.signed": gettext_noop("Signed as %(number)s"),
    "feedback.read": gettext_noop("Read by %(unit)s"),
    "feedback.opined": gettext_noop("Opinion of %(unit)s given"),
    "feedback.withdrawn": gettext_noop("Card withdrawn"),
    "feedback.objected": gettext_noop("The person objected"),
    "feedback.answered": gettext_noop("The objection was answered"),
}
