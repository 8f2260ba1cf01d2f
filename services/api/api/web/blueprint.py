"""flask-smorest's Blueprint with types and with our parser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import marshmallow as ma
from flask_smorest import Blueprint as SmorestBlueprint  # type: ignore[import-untyped]

from api.web.guards import View, guard_of
from api.web.parser import Parser

V = TypeVar("V", bound=View)


class Blueprint(SmorestBlueprint):  # type: ignore[misc]  # flask-smorest has no types
    """A feature's routes. Every route needs a guard; see `api.web.guards`."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, *, prefix: str = "", description: str) -> None:
        """Take the feature's name and the path below `/api/v1`."""
        super().__init__(name, __name__, url_prefix=f"/api/v1{prefix}", description=description)

    def route(self, rule: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[V], V]:
        """Register a view; its function's name becomes the operation's id."""

        def decorator(view: V) -> V:
            guard = guard_of(view)
            if guard is None:
                raise TypeError(f"{view.__qualname__} needs @guarded_by(…) or @public.")
            notes: dict[str, Any] = {"operationId": view.__name__, "x-policy": guard.name}
            if guard.policy:
                notes["security"] = [{"session": []}, {"token": [guard.policy.scope.value]}]
            documented = view.__dict__.setdefault("_apidoc", {})
            documented["manual_doc"] = {**documented.get("manual_doc", {}), **notes}
            self.add_url_rule(rule, None, view, methods=list(methods))
            return view

        return decorator

    def arguments(
        self,
        schema: type[ma.Schema] | ma.Schema,
        *,
        location: str = "json",
        **kwargs: Any,  # noqa: ANN401 - flask-smorest's
    ) -> Callable[[V], V]:
        """Read the body (or `location="query"`) with a schema and pass it as an argument."""
        decorator: Callable[[V], V] = super().arguments(schema, location=location, **kwargs)
        return decorator

    def response(
        self,
        status_code: int,
        schema: type[ma.Schema] | ma.Schema | None = None,
        **kwargs: Any,  # noqa: ANN401 - flask-smorest's
    ) -> Callable[[V], V]:
        """Say what is answered and write it with a schema."""
        decorator: Callable[[V], V] = super().response(status_code, schema, **kwargs)
        return decorator

    def alt_response(
        self,
        status_code: int,
        *,
        schema: type[ma.Schema] | None = None,
        **kwargs: Any,  # noqa: ANN401 - flask-smorest's
    ) -> Callable[[V], V]:
        """Document another answer."""
        decorator: Callable[[V], V] = super().alt_response(status_code, schema=schema, **kwargs)
        return decorator
