"""The one shape of every error: for programs a JSON object, for people a page with the same facts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from reportedly.errors import CaseError, ConfigurationError, LockedCaseError
from reportedly.export.templating import environment
from reportedly.types import JsonObject

_CODES = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    413: "too-large",
    414: "too-long",
    415: "unsupported",
    421: "wrong-host",
    422: "invalid",
    429: "too-many",
    503: "busy",
}

_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address is not to be asked in this way.",
    400: "The request cannot be read.",
}
INVALID = "The request has values that cannot be."


class FaultError(Exception):
    """A request that cannot be served. problems: every thing that is wrong with it, a sentence each."""

    def __init__(self, status: int, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.problems = list(problems)


def invalid(*problems: str) -> FaultError:
    """Return the error for values that cannot be, a sentence each."""
    return FaultError(422, INVALID, problems)


def install(app: FastAPI) -> None:
    """Answer every error of ``app`` in the one shape."""
    app.add_exception_handler(FaultError, _fault)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(ConfigurationError, _configuration)
    app.add_exception_handler(CaseError, _case)
    app.add_exception_handler(Exception, _unforeseen)


def answer(wants_json: bool, status: int, message: str, problems: Sequence[str] = ()) -> Response:
    """Return the answer to a request that failed."""
    error = shape(status, message, problems)
    if wants_json:
        return JSONResponse(error, status)
    template = environment("reportedly.web").get_template("fault.html")
    return HTMLResponse(template.render(error=error["error"], phrase=HTTPStatus(status).phrase), status)


def shape(status: int, message: str, problems: Sequence[str] = ()) -> JsonObject:
    """Return an error as a JSON object."""
    code = _CODES.get(status, "failed")
    return {"error": {"status": status, "code": code, "message": message, "problems": list(problems)}}


def wants_json(path: str, accept: str) -> bool:
    """Whether whoever asks is a program."""
    return (
        path.startswith("/api/") or path.endswith((".json", ".csv")) or accept.startswith("application/json")
    )


def _answer(request: Request, status: int, message: str, problems: Sequence[str] = ()) -> Response:
    program = wants_json(request.url.path, request.headers.get("accept", ""))
    return answer(program, status, message, problems)


async def _fault(request: Request, error: Exception) -> Response:
    if not isinstance(error, FaultError):
        raise error
    return _answer(request, error.status, error.message, error.problems)


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    message = _SENTENCES.get(error.status_code, str(error.detail))
    found = _answer(request, error.status_code, message)
    found.headers.update(error.headers or {})
    return found


async def _validation(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    problems = [f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors()]
    return _answer(request, 422, INVALID, problems)


async def _configuration(request: Request, error: Exception) -> Response:
    problems = error.problems if isinstance(error, ConfigurationError) else []
    return _answer(request, 422, INVALID, problems)


async def _case(request: Request, error: Exception) -> Response:
    if isinstance(error, LockedCaseError):
        return _answer(request, 503, "Another process is writing to the case and did not let go; try again.")
    logging.getLogger(__name__).error("the case cannot be read: %s", error)
    return _answer(request, 500, "The case cannot be read.")


async def _unforeseen(request: Request, error: Exception) -> Response:
    logging.getLogger(__name__).error("unexpected error at %s", request.url.path, exc_info=error)
    return _answer(request, 500, "Something went wrong here that nobody foresaw.")
