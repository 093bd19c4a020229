"""What several of the parts show alike."""

from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from baodao.kernel.errors import Absent
from baodao.offers.kinds.registry import every_kind, kind_of
from baodao.offers.rules.kinds import OfferKind
from baodao.ui.api import Text

Column = Annotated[str, StringConstraints(max_length=30, pattern=r"^[a-z_]+$")]

Particulars = dict[Column, Text | int | bool | None]
"""What only one kind of offer has, by the names of its columns."""


class _CodeOfKind:
    """A kind of offer by its code, described as the list of all codes."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _kind, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "enum": [kind.code for kind in every_kind()]}


def _kind(value: object) -> OfferKind:
    if isinstance(value, OfferKind):
        return value
    try:
        return kind_of(str(value))
    except Absent:
        raise PydanticCustomError("enum", "Input should be the code of a kind of offer") from None


KindCode = Annotated[OfferKind, _CodeOfKind]
"""One of the kinds of offers, told by its code."""
