"""`GET /live`: doorbells as server-sent events."""

from __future__ import annotations

from flask import Response, current_app, request

from api.errors import Forbidden
from api.live import events, policy, topics
from api.live.hub import Hub
from api.live.schemas import TopicQuery
from api.web.authentication import require_person
from api.web.blueprint import Blueprint
from api.web.context import LIVE_HUB, current_actor
from api.web.guards import public

blueprint = Blueprint("live", description="Doorbells: what changed, for you to read again.")


@blueprint.route("/live")
@public
@blueprint.arguments(TopicQuery, location="query")
@blueprint.response(200, content_type="text/event-stream")
def watch(query: dict[str, list[str]]) -> Response:
    """Ring when one of the topics changes: events `doorbell` with `{topic, version}`.

    Each topic rings once at once. A doorbell says nothing but that something changed; whether
    you may see it, and what it is, the api answers.
    """
    wanted = topics.parse(query["topic"])
    if any(policy.needs_person(topic) for topic in wanted):
        actor = current_actor()
        require_person(actor)
        if not all(policy.may_watch(actor, topic) for topic in wanted):
            raise Forbidden("topic_forbidden")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    if request.method == "HEAD":
        # Werkzeug drops the body of such an answer without closing it.
        return Response("", mimetype="text/event-stream", headers=headers)
    hub: Hub = current_app.extensions[LIVE_HUB]
    seen = events.last_seen(request.headers.get("Last-Event-ID", ""))
    # A full hub has to be an answer and not a broken stream, so it is asked here.
    watching = hub.watching([topic.name for topic in wanted], seen)
    lines = events.Lines(watching)
    return Response(lines, mimetype="text/event-stream", headers=headers)
