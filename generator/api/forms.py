"""Fields of forms whose style is stated: they are written as parameters of a query are.

In: the content of a body. Out: a parameter for each field whose encoding states `style`, `explode`
or `allowReserved`; a media type that is stated beside these does not count
(https://spec.openapis.org/oas/v3.1.1.html#fixed-fields-for-rfc6570-style-serialization).
"""

from __future__ import annotations

from collections.abc import Mapping

import generator.api.walk as walk
from generator.api.behaviours import ParameterBehaviours
from generator.api.model import Api, Content, Parameter

STYLING = frozenset(("style", "explode", "allowReserved"))
"""What an encoding says of the style of a field."""


def styled_fields(api: Api, content: Content) -> dict[str, Parameter]:
    """The fields of a form whose style is stated, as parameters of a query."""
    return {
        name: _field(api, content, name, said)
        for name, said in content.encoding.items()
        if not STYLING.isdisjoint(said)
    }


def _field(api: Api, content: Content, name: str, said: Mapping[str, object]) -> Parameter:
    known = {} if content.schema is None else walk.properties(api, content.schema)
    style = str(said.get("style", "form"))
    return Parameter(
        where=content.where.at("encoding", name),
        name=name,
        location="query",
        required=False,
        description="",
        deprecated=False,
        schema=known.get(name),
        content=None,
        style=style,
        explode=said.get("explode", style == "form") is True,
        allow_reserved=said.get("allowReserved") is True,
        examples=(),
        behaviours=ParameterBehaviours(),
    )
