"""News: read by everybody, written by admins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.announcements import policy, service
from api.announcements.schemas import AnnouncementInputSchema, AnnouncementSchema
from api.announcements.service import Shown
from api.pagination import Page
from api.web.blueprint import Blueprint
from api.web.context import current_actor, reader_locale, resources
from api.web.guards import guarded_by, public
from api.web.schemas import LanguageQuery, PageQuery, page_of

blueprint = Blueprint("announcements", prefix="/announcements", description="News.")


@blueprint.route("")
@public
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(AnnouncementSchema))
def list_announcements(query: dict[str, Any]) -> Page[Shown]:
    """List the news, pinned first, then the newest."""
    return service.list_page(resources(), current_actor(), query["page"], reader_locale())


@blueprint.route("/<uuid:announcement_id>")
@public
@blueprint.arguments(LanguageQuery, location="query")
@blueprint.response(200, AnnouncementSchema)
def get_announcement(query: dict[str, Any], announcement_id: UUID) -> Shown:
    """Show one announcement."""
    del query
    return service.read(resources(), current_actor(), announcement_id, reader_locale())


@blueprint.route("", methods=("POST",))
@guarded_by(policy.WRITE)
@blueprint.arguments(AnnouncementInputSchema)
@blueprint.response(201, AnnouncementSchema)
def write_announcement(fields: dict[str, Any]) -> Shown:
    """Write an announcement."""
    return service.write(resources(), current_actor(), fields, reader_locale())


@blueprint.route("/<uuid:announcement_id>", methods=("PATCH",))
@guarded_by(policy.WRITE)
@blueprint.arguments(AnnouncementInputSchema)
@blueprint.response(200, AnnouncementSchema)
def change_announcement(fields: dict[str, Any], announcement_id: UUID) -> Shown:
    """Change an announcement."""
    return service.change(resources(), current_actor(), announcement_id, fields, reader_locale())


@blueprint.route("/<uuid:announcement_id>", methods=("DELETE",))
@guarded_by(policy.WRITE)
@blueprint.response(204)
def remove_announcement(announcement_id: UUID) -> None:
    """Delete an announcement."""
    service.remove(resources(), announcement_id)
