"""Every page and every JSON answer come from one typed object."""

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel
from starlette.responses import Response

import api
from api.app import create_app
from api.pages import Pages
from api.settings import ApiSettings
from api.state import Service

TEMPLATES = Path(api.__file__).parent / "templates"
NAMES = {
    "language": "en",
    "call_id": "bg.day-centres",
    "practice_id": "isopolis.roma-house",
    "programme_id": "cci.2021BG05SFPR002",
    "record_id": "bg.day-centres",
    "ending": "json",
}
"""What stands in an address at each name; any other name leads to an error, which is a page or an answer as well."""


def routes(some: Iterable[Any]) -> Iterator[Any]:
    """All routes that the application has, also those of routers that it holds as a whole."""
    for route in some:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes(inner.routes)
        elif hasattr(route, "endpoint"):
            yield route


def page_classes() -> list[type]:
    """All classes of pages."""
    found = {}
    for module in pkgutil.walk_packages(api.__path__, "api."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and isinstance(vars(value).get("template"), str):
                found[value] = None
    return list(found)


@pytest.fixture(scope="module")
def app(service: Service) -> FastAPI:
    return create_app(service, ApiSettings())


def addresses(app: FastAPI) -> list[str]:
    paths = {route.path for route in routes(app.routes) if "GET" in (route.methods or ())}
    return sorted({re.sub(r"\{(\w+)[^}]*\}", lambda name: NAMES.get(name[1], "1"), path) for path in paths})


def test_every_page_is_a_frozen_dataclass_with_types_and_a_template_of_its_own() -> None:
    classes = page_classes()
    assert len(classes) > 20
    for kind in classes:
        assert dataclasses.is_dataclass(kind), kind
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
        assert all(field.type not in (Any, dict, list, object) for field in dataclasses.fields(kind)), kind
    whole = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if '{% extends "base.html" %}' in path.read_text(encoding="utf-8")
    }
    claimed = {kind.template for kind in classes}
    assert whole <= claimed
    assert all((TEMPLATES / name).is_file() for name in claimed)


def test_every_page_that_is_read_is_rendered_from_one_such_object(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[object] = []
    render = Pages.render

    def seen(self: Pages, request: Any, page: Any, status: int = 200) -> Response:
        rendered.append(page)
        return render(self, request, page, status)

    monkeypatch.setattr(Pages, "render", seen)
    client, classes, pages = TestClient(app, raise_server_exceptions=False), page_classes(), 0
    for address in addresses(app):
        if address.startswith(("/docs", "/openapi", "/static")):
            continue
        rendered.clear()
        answer = client.get(address, follow_redirects=False)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        assert [type(page) in classes for page in rendered] == [True] * is_page, address
        pages += is_page
    assert pages > 25


def test_every_json_answer_is_declared_by_one_type(app: FastAPI) -> None:
    """A route answers with a declared type, or makes a page, a file or a redirect and says that it is a response."""
    for_programs = [route for route in routes(app.routes) if route.path.startswith(("/v1/", "/health"))]
    assert len(for_programs) > 6
    for route in for_programs:
        models = [route.response_model, *(known.get("model") for known in route.responses.values())]
        assert all(is_typed(model) for model in models if model), route.path
        assert route.response_model is not None or makes_a_response(route.endpoint), route.path


def test_every_other_route_says_that_it_makes_a_response(app: FastAPI) -> None:
    others = [route for route in routes(app.routes) if getattr(route, "include_in_schema", True) is False]
    assert len(others) > 40
    silent = [route.path for route in others if not makes_a_response(route.endpoint)]
    assert [path for path in silent if not path.startswith(("/docs", "/openapi"))] == []


def is_typed(model: Any) -> bool:
    """A model, or several, in their order or by their names."""
    if get_origin(model) in (dict, list, tuple):
        return any(is_typed(part) for part in get_args(model))
    return isinstance(model, type) and issubclass(model, BaseModel)


def makes_a_response(endpoint: Any) -> bool:
    kind = endpoint.__annotations__.get("return")
    return isinstance(kind, type) and issubclass(kind, Response)


@pytest.mark.parametrize(
    "path", ["/v1/calls", "/v1/practices", "/v1/calls/bg.day-centres", "/v1/records/no.such", "/health"]
)
def test_what_is_sent_fits_what_is_declared(app: FastAPI, path: str) -> None:
    reading = (route for route in routes(app.routes) if "GET" in (route.methods or ()))
    route = next(route for route in reading if route.path_regex.fullmatch(path))
    answer = TestClient(app).get(path)
    model = route.response_model if answer.is_success else route.responses[404]["model"]
    model.model_validate(answer.json())
