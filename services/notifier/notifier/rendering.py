"""Makes the words of a mail from the templates in `mails/<kind>/<locale>.{subject,txt,html}.j2`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from itsdangerous import URLSafeTimedSerializer
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from contracts.links import LINK_MAX_AGE_S, LINK_PATHS
from notifier.kinds import Kind

FOLDER = Path(__file__).parent / "mails"
LOCALES = ("ko", "en")
FALLBACK = "en"
HOUR_S = 3600


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who gets the mail, as the templates may show them."""

    username: str
    display_name: str
    email: str
    locale: str


@dataclass(frozen=True)
class Words:
    """A rendered mail."""

    locale: str
    subject: str
    text: str
    html: str


class Renderer:
    """Renders mails for one site."""

    def __init__(self, public_url: str, link_key: str) -> None:
        self._public_url = public_url
        self._link_key = link_key
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER),
            # Names are what people typed: in HTML they are escaped, in text they are not.
            autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def link(self, kind: Kind, cause_id: UUID) -> str:
        """Return the address that the mail asks to open."""
        serializer = URLSafeTimedSerializer(self._link_key, salt=kind.purpose.value)
        token = serializer.dumps(str(cause_id))
        return f"{self._public_url}{LINK_PATHS[kind.purpose]}?{urlencode({'token': token})}"

    def render(self, kind: Kind, cause_id: UUID, person: Person) -> Words:
        """Return the mail in the person's language."""
        locale = person.locale if person.locale in LOCALES else FALLBACK
        values = {
            "person": person,
            "link": self.link(kind, cause_id),
            "site": self._public_url,
            "hours": LINK_MAX_AGE_S[kind.purpose] // HOUR_S,
        }

        def part(name: str) -> str:
            return self._templates.get_template(f"{kind.name}/{locale}.{name}.j2").render(values)

        return Words(
            locale=locale,
            # One line whatever a template or a name holds: a header must not be broken open.
            subject=" ".join(part("subject").split()),
            text=part("txt"),
            html=part("html"),
        )
