from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

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
from sayso.web.app import make_app
from sayso.web.problems import problem_of
from sayso.web.sessions import NotSignedIn
from sayso.wiring import Network
from visitors import Answer, Visitor

Visit = Callable[..., Visitor]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotSignedIn(), 401),
        (BadInput("x"), 400),
        (Refused("x", rule="r"), 403),
        (NotFound("x"), 404),
        (Conflict("x"), 409),
        (CannotCompare("x"), 409),
        (NotHere("x"), 503),
        (Tampered("x"), 500),
        (SaysoError("x"), 500),
    ],
)
def test_each_error_has_one_status(error: SaysoError, status: int) -> None:
    assert problem_of(error).status == status


def test_programs_get_one_shape_for_everything_that_fails(visit: Visit) -> None:
    visitor = visit()
    answers: list[Answer] = [
        visitor.get("/api/nothing"),
        visitor.get("/api/me"),
        visitor.client.post("/api/choices", json={}),
        visitor.client.post("/api/choices", content=b"{"),
        visitor.client.delete("/api/choices"),
        visitor.get("/log/tile/9/000"),
    ]

    for answer in answers:
        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert {"type", "title", "status", "detail", "instance"} <= body.keys()
        assert body["status"] == answer.status_code >= 400


def test_people_get_a_page_that_says_what_to_do(visit: Visit) -> None:
    page = visit().get("/nothing/here")

    assert page.status_code == 404
    assert "No page has this address." in page.text
    assert "Back to the feed" in page.text


def test_a_fault_of_ours_shows_nothing_of_its_inside(hamlet: Network) -> None:
    app: FastAPI = make_app(hamlet)

    def broken() -> None:
        raise ZeroDivisionError("the secret of the house")

    app.add_api_route("/broken", broken)
    with TestClient(app, raise_server_exceptions=False) as client:
        page = client.get("/broken")

    assert page.status_code == 500
    assert "secret" not in page.text
    assert "nothing was changed" in page.text
