"""Signing in and out."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reportedly.export.templating import environment
from reportedly.web.access import Session
from reportedly.web.faults import FaultError
from reportedly.web.guard import cookie_header
from reportedly.web.views import asset_address


def add_signing(router: APIRouter) -> None:
    """Serve the page to sign in, and what it and the button to sign out send."""
    router.add_api_route("/signin", _page, include_in_schema=False, response_model=None)
    router.add_api_route("/signin", _sign_in, methods=["POST"], include_in_schema=False, response_model=None)
    router.add_api_route(
        "/signout", _sign_out, methods=["POST"], include_in_schema=False, response_model=None
    )


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form, the last of each name, once it is proved to be one of ours.

    Raises:
        FaultError: it is no form, or lacks the proof.
    """
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise FaultError(415, "A form was expected.")
    try:
        text = (await request.body()).decode("utf-8")
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=100)
    except ValueError as error:
        raise FaultError(400, "The form cannot be read.") from error
    found = {name: values[-1] for name, values in fields.items()}
    session: Session = request.scope["reader"]
    if not request.app.state.doorkeeper.proves(session, found.get("csrf", "")):
        raise FaultError(403, "This form is too old or not one of ours. Load the page again.")
    return found


def local(address: str) -> str:
    """Return an address if it is one of ours, "/" otherwise."""
    odd = "\\" in address or any(character.isspace() or ord(character) < 32 for character in address)
    return address if address.startswith("/") and not address.startswith("//") and not odd else "/"


def _page(request: Request) -> Response:
    return _form(request, request.query_params.get("next", "/"))


async def _sign_in(request: Request) -> Response:
    fields = await form_of(request)
    doorkeeper = request.app.state.doorkeeper
    back = local(fields.get("next", "/"))
    try:
        person = await run_in_threadpool(doorkeeper.admit, fields.get("name", ""), fields.get("password", ""))
    except PermissionError as error:
        raise FaultError(429, "Too many wrong passwords. Wait a minute.") from error
    if person is None:
        return _form(request, back, "No one signs in with this name and password.", 403)
    return _with_session(request, RedirectResponse(back, 303), doorkeeper.start(person))


async def _sign_out(request: Request) -> Response:
    await form_of(request)
    doorkeeper = request.app.state.doorkeeper
    return _with_session(request, RedirectResponse("/", 303), doorkeeper.start(doorkeeper.access.everybody))


def _with_session(request: Request, response: Response, session: Session) -> Response:
    header = cookie_header(request.app.state.doorkeeper, session, request.scope["scheme"])
    response.headers["Set-Cookie"] = header
    return response


def _form(request: Request, back: str, problem: str = "", status: int = 200) -> Response:
    state = request.app.state
    text = (
        environment("reportedly.web")
        .get_template("signin.html")
        .render(
            csrf=state.doorkeeper.csrf(request.scope["reader"]),
            next=local(back),
            problem=problem,
            case_name=state.library.path.stem,
            by_token=state.doorkeeper.access.token is not None,
            asset=asset_address,
        )
    )
    return HTMLResponse(text, status)
