"""Errors about what other systems and cases hand one another, under the one root."""

from __future__ import annotations

from wardflow.errors import WardflowError


class TokenRefused(WardflowError):
    """The token is missing, unknown, revoked or expired; wardflow tokens create makes one."""


class AccountThere(WardflowError):
    """There is a service account {name} already; revoke it first, or choose another name."""


class AccountUnknown(WardflowError):
    """There is no service account {name}."""


class GrantUnreadable(WardflowError):
    """A service account needs at least one --topic, --message or --procedure."""


class WorkGone(WardflowError):
    """External task {id} does not exist: it was completed, or its case went another way."""


class WorkHeld(WardflowError):
    """External task {id} is not locked by worker {worker}; fetch and lock it first."""


class LockOver(WardflowError):
    """The lock of external task {id} is over; fetch and lock it again."""


class NameTaken(WardflowError):
    """{name} is a name under which the case keeps what was handed in; choose another name, or map it in the diagram."""


class MessageUnheard(WardflowError):
    """Nothing waits for message {message} with these keys."""


class MessageAmbiguous(WardflowError):
    """{count} receivers wait for message {message}; name the case, or send keys that fit one alone."""


class MessageSpent(WardflowError):
    """Message {id} was delivered already, or is over."""


class KeyReused(WardflowError):
    """The idempotency key was used before for something else; a new call needs a new key."""


class VariableUnknown(WardflowError):
    """Case {case} has no variable {name}."""


class NoFile(WardflowError):
    """Variable {name} is not a file."""


class DecisionUnknown(WardflowError):
    """No pack that the account may use has a decision {decision}."""


class DefinitionUnknown(WardflowError):
    """There is no process definition {definition} that the account may use."""


class RequestUnreadable(WardflowError):
    """The request cannot be read: {why}."""
