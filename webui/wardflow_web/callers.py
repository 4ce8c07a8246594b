"""Which other system calls: the account of its token, how often it may call, and what it is told when a call fails."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, Response, g, jsonify, request
from wardflow import errors, exchange_errors
from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.reads.service_accounts import account_of
from wardflow.errors import WardflowError
from werkzeug.exceptions import HTTPException

from wardflow_web import rates
from wardflow_web.visitor import platform

log = logging.getLogger("wardflow.web")

STATUS: Mapping[type[WardflowError], tuple[int, str]] = {
    WardflowError: (500, "ProcessEngineException"),
    exchange_errors.TokenRefused: (401, "AuthenticationException"),
    errors.NotAllowed: (403, "AuthorizationException"),
    exchange_errors.WorkGone: (404, "RestException"),
    errors.CaseUnknown: (404, "InvalidRequestException"),
    errors.IncidentGone: (404, "InvalidRequestException"),
    errors.ProcedureUnknown: (404, "RestException"),
    exchange_errors.VariableUnknown: (404, "InvalidRequestException"),
    exchange_errors.DecisionUnknown: (404, "InvalidRequestException"),
    exchange_errors.DefinitionUnknown: (404, "InvalidRequestException"),
    exchange_errors.NoFile: (400, "InvalidRequestException"),
    errors.FileTooLarge: (400, "InvalidRequestException"),
    errors.FileKindRefused: (400, "InvalidRequestException"),
    errors.ReasonMissing: (400, "InvalidRequestException"),
    errors.CaseEnded: (400, "InvalidRequestException"),
    exchange_errors.WorkHeld: (400, "RestException"),
    exchange_errors.LockOver: (400, "BadUserRequestException"),
    exchange_errors.NameTaken: (400, "InvalidRequestException"),
    exchange_errors.RequestUnreadable: (400, "InvalidRequestException"),
    errors.FormRefused: (400, "InvalidRequestException"),
    errors.UnitUnknown: (400, "InvalidRequestException"),
    errors.AuthorityUnknown: (400, "InvalidRequestException"),
    errors.PlaceUnknown: (400, "InvalidRequestException"),
    errors.FeelLimit: (400, "InvalidRequestException"),
    exchange_errors.MessageUnheard: (400, "MismatchingMessageCorrelationException"),
    exchange_errors.MessageAmbiguous: (400, "MismatchingMessageCorrelationException"),
    exchange_errors.KeyReused: (422, "InvalidRequestException"),
    errors.CaseMoved: (500, "OptimisticLockingException"),
    errors.StateTooLarge: (400, "InvalidRequestException"),
}
"""What each failure is called where such clients expect a name, and its status."""


def account() -> ServiceAccount:
    """The account that calls."""
    return cast(ServiceAccount, g.account)


def guard(calls: Blueprint) -> None:
    """Every call of these needs a token; failures are told as JSON. A session cookie opens nothing here."""
    calls.before_request(_known)
    calls.register_error_handler(WardflowError, _of_ours)
    calls.register_error_handler(HTTPException, _of_http)
    calls.register_error_handler(Exception, _unexpected)


def body() -> dict[str, Any]:
    """What was sent: a JSON object, or nothing at all."""
    if not request.get_data(cache=True):
        return {}
    sent = request.get_json(force=True, silent=True)
    if not isinstance(sent, dict):
        raise exchange_errors.RequestUnreadable(why="a JSON object is expected")
    return sent


def text(sent: Mapping[str, Any], name: str, *, needed: bool = False, longest: int = 200) -> str:
    """A text of the request; null is as good as absent."""
    value = sent.get(name)
    if value is None or value == "":
        if needed:
            raise exchange_errors.RequestUnreadable(why=f"{name} is missing")
        return ""
    if not isinstance(value, str | int) or len(str(value)) > longest:
        raise exchange_errors.RequestUnreadable(why=f"{name} is not a text of at most {longest} letters")
    return str(value)


def number(sent: Mapping[str, Any], name: str, usual: int, most: int) -> int:
    """A whole number of the request, from 0 and never above `most`."""
    value = sent.get(name)
    try:
        return usual if value is None else max(0, min(int(value), most))
    except (TypeError, ValueError) as wrong:
        raise exchange_errors.RequestUnreadable(why=f"{name} is not a number") from wrong


def _known() -> None:
    try:
        g.account = account_of(platform(), *_credentials())
    except exchange_errors.TokenRefused:
        rates.check("token refused")
        raise
    rates.check("calls", g.account.name)


def _credentials() -> tuple[str, str | None]:
    """The token, and the name of the account where one is given: `Bearer TOKEN`, or Basic with the token as password."""
    sent = request.authorization
    if sent is None:
        return "", None
    if sent.type == "basic":
        return sent.password or "", sent.username or ""
    return (sent.token or "" if sent.type == "bearer" else ""), None


def told(status: int, kind: str, message: str, **more: object) -> tuple[Response, int]:
    """A failure as clients read it."""
    return jsonify(type=kind, message=message, **more), status


def _of_ours(error: Exception) -> tuple[Response, int]:
    assert isinstance(error, WardflowError)
    status, kind = next(STATUS[known] for known in type(error).__mro__ if known in STATUS)
    if status == 500 and not isinstance(error, errors.CaseMoved):
        log.error("refused with %s", type(error).__name__, exc_info=error)
    if not isinstance(error, errors.FormRefused):
        return told(status, kind, str(error))
    say = platform().wording("en").say
    found = [{"pointer": each.pointer, "message": say(each.reason)} for each in error.objections if each.blocks]
    return told(status, kind, str(error), objections=found)


def _of_http(error: Exception) -> tuple[Response, int] | HTTPException:
    assert isinstance(error, HTTPException)
    if error.code is None or error.code < 400:
        return error
    answer, status = told(error.code, "RestException", error.name)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer, status


def _unexpected(error: Exception) -> tuple[Response, int]:
    # The route and the class of the error only: a message may quote personal data.
    log.error("%s at %s", type(error).__name__, request.endpoint, exc_info=error)
    return told(500, "ProcessEngineException", "Something went wrong; nothing was changed.")
