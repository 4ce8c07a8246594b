"""Errors about payments online, under the one root."""

from __future__ import annotations

from wardflow.errors import WardflowError


class NothingToPay(WardflowError):
    """Step {task} of case {case} has nothing that can be paid online now."""


class PaymentForged(WardflowError):
    """The answer does not carry the signature of the payment provider {provider}; nothing was changed."""


class PaymentUnknown(WardflowError):
    """The payment provider {provider} was never asked for {order}; nothing was changed."""
