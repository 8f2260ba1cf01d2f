"""The guard of a route: `@guarded_by(POLICY)` or `@public`, directly below `@blueprint.route`.

The guard runs before the body is read, and leaves its name on the view, where the architecture
test and the OpenAPI document find it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, TypeVar

from api.errors import Forbidden
from api.policy import Policy
from api.web.authentication import require_csrf_token, require_person, require_same_site
from api.web.context import current_actor

View = Callable[..., Any]
V = TypeVar("V", bound=View)

ATTRIBUTE: Final = "codeplace_guard"


@dataclass(frozen=True)
class Guard:
    """What guards a view: a policy, or nothing because it is public."""

    policy: Policy | None

    @property
    def name(self) -> str:
        """The policy's name, or `public`."""
        return self.policy.name if self.policy else "public"


def guard_of(view: View) -> Guard | None:
    """Return the guard of a view function, or None if somebody forgot it."""
    found: Guard | None = getattr(view, ATTRIBUTE, None)
    return found


def public(view: V) -> V:
    """Let everybody in. Writes must still come from our own pages."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes through
        require_same_site()
        return view(*args, **kwargs)

    return _mark(guarded, Guard(None))  # type: ignore[return-value]


def guarded_by(policy: Policy) -> Callable[[V], V]:
    """Let those in whom the policy allows."""

    def decorator(view: V) -> V:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes through
            require_same_site()
            actor = current_actor()
            require_person(actor)
            require_csrf_token()
            if policy.scope not in actor.scopes:
                raise Forbidden("scope_missing", scope=policy.scope.value)
            if not policy.allows(actor):
                raise Forbidden
            return view(*args, **kwargs)

        return _mark(guarded, Guard(policy))  # type: ignore[return-value]

    return decorator


def _mark(view: View, guard: Guard) -> View:
    setattr(view, ATTRIBUTE, guard)
    return view
