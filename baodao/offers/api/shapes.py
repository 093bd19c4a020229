"""What several of the parts show alike."""

from baodao.orgs.models import Organisation
from baodao.ui.api import Place


def place_of(row: Organisation) -> Place:
    """An organisation as it stands in an answer."""
    return Place(code=row.code, name=row.name)
