"""Who may see the console."""

from fastapi.responses import Response

from sayso.web.sessions import NotSignedIn, Role
from sayso.web.visits import Visit


def closed(visit: Visit) -> Response | None:
    """Return the page that tells a member whose this is; None for the operator.

    Raises:
        NotSignedIn: nobody is signed in.
    """
    if visit.session.role is Role.VISITOR:
        raise NotSignedIn
    if visit.session.role is Role.MEMBER:
        return visit.page("console_closed.html", status=403)
    return None
