"""What several of the parts show alike."""

from typing import Annotated

from pydantic import StringConstraints

from baodao.orgs.models import Organisation
from baodao.ui.api import NO_CONTROLS, Place

Text = Annotated[str, StringConstraints(max_length=500, pattern=NO_CONTROLS)]
Spot = Annotated[str, StringConstraints(max_length=100, pattern=NO_CONTROLS)]
"""Where or when it is, in words."""


def place_of(row: Organisation) -> Place:
    """An organisation as it stands in an answer."""
    return Place(code=row.code, name=row.name)
