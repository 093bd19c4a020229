"""What the words of an organisation's tables mean, there and below."""

from django.db import models
from django.db.models import F

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation
from baodao.vocabulary.rules.words import LONGEST, WordRole


class TableWord(models.Model):
    """A word of one kind of table (`table`), what it means (`meaning`, "" for a column that is not
    used), and who taught it; it holds for an organisation and all below that say nothing else."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", related_query_name="table_word"
    )
    table = models.CharField(max_length=30)
    role = CodeField(WordRole)
    key = models.CharField(max_length=LONGEST)
    word = models.CharField(max_length=LONGEST)
    meaning = models.CharField(max_length=30, blank=True)
    taught_by = models.CharField(max_length=60)
    taught_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("organisation"), F("table"), F("role"), F("key"), name="table_word_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.meaning}"
