"""What went wrong, said once for people and once for programs: the one table to HTTP."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from sayso.errors import (
    BadInput,
    CannotCompare,
    Conflict,
    NotFound,
    NotHere,
    Refused,
    SaysoError,
    Tampered,
)
from sayso.web.sessions import NotSignedIn
from sayso.web.site import site_of
from sayso.web.telling import NoticeFirst

STATUSES: tuple[tuple[type[SaysoError], int], ...] = (
    (NotSignedIn, 401),
    (BadInput, 400),
    (Refused, 403),
    (NotFound, 404),
    (Conflict, 409),
    (CannotCompare, 409),
    (NotHere, 503),
    (Tampered, 500),
    (SaysoError, 500),
)

_TITLES = {
    400: "That could not be read",
    401: "Please sign in",
    403: "That is not allowed",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "That was already done differently",
    413: "That is too much at once",
    422: "Something is missing",
    500: "Something broke on our side",
    503: "Not available just now",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """RFC 9457's shape; `hint` says what to do next."""

    status: int
    detail: str
    hint: str = ""
    rule: str = ""

    @property
    def title(self) -> str:
        """A short heading for the status."""
        return _TITLES.get(self.status, HTTPStatus(self.status).phrase)

    def as_json(self, instance: str) -> dict[str, str | int]:
        """Return the members of an `application/problem+json` body."""
        written: dict[str, str | int] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
        }
        if self.hint:
            written["hint"] = self.hint
        if self.rule:
            written["rule"] = self.rule
        return written


def problem_of(error: SaysoError) -> Problem:
    """Translate one of our errors."""
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    rule = error.rule if isinstance(error, Refused) else ""
    return Problem(status=status, detail=error.message, hint=error.hint, rule=rule)


def add_problems(app: FastAPI) -> None:
    """Make every failure of `app` a page or a problem, never a stack trace."""
    app.add_exception_handler(SaysoError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)


def answer(request: Request, problem: Problem) -> Response:
    """Return the problem as JSON to programs and as a page to people."""
    path = request.url.path
    if path.startswith(("/api/", "/log/")):
        return JSONResponse(
            problem.as_json(path), problem.status, media_type="application/problem+json"
        )
    return site_of(request).bare_page(
        request, "problem.html", status=problem.status, problem=problem
    )


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, SaysoError)
    if isinstance(error, NotSignedIn) and not request.url.path.startswith("/api/"):
        wanted = request.url.path if request.method == "GET" else "/"
        return RedirectResponse(f"/sign-in?back={quote(wanted)}", 303)
    if isinstance(error, NoticeFirst):
        return RedirectResponse(
            f"/notices/{quote(error.notice_id, safe='')}/first?back={quote(error.back, safe='')}",
            303,
        )
    return answer(request, problem_of(error))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details = {
        404: ("No page has this address.", "Go back to the feed and try from there."),
        405: ("This address answers to another kind of request.", ""),
        413: ("The request is larger than this site takes.", "Send less at once."),
    }
    detail, hint = details.get(error.status_code, (str(error.detail), ""))
    return answer(request, Problem(status=error.status_code, detail=detail, hint=hint))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return answer(request, Problem(status=422, detail=f"{where}: {first['msg']}."))


def _unforeseen(request: Request, error: Exception) -> Response:
    del error  # the server writes it to its own log; a page never shows it
    problem = Problem(
        status=500,
        detail="This should not have happened, and nothing was changed.",
        hint="Try again. If it happens twice, tell the people who run this network.",
    )
    return answer(request, problem)
