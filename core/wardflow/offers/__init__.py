"""What a plugin may offer, as plain values."""

from wardflow.offers.books import Book, BookContext, Standing
from wardflow.offers.data import NO_DATA, Data, OwnData
from wardflow.offers.desk import CapabilityKind, Command, Panel, PanelContext
from wardflow.offers.payments import PaymentAnswer, PaymentAsked, PaymentProvider, PaymentSaid, signed, unaltered
from wardflow.offers.rules import (
    ALLOWED,
    Allowed,
    Choice,
    Derivation,
    Derived,
    FeeLine,
    FeeRule,
    FieldRule,
    FindingRule,
    Form,
    Hint,
    Opinion,
    RoutingOpinion,
    RoutingRule,
    RuleContext,
    in_force,
)
from wardflow.offers.services import Handler, HandlerContext, SlipContext, SlipFiller, SlipTemplate
from wardflow.offers.terms import DecisionTable, Setting

__all__ = [
    "ALLOWED",
    "NO_DATA",
    "Allowed",
    "Book",
    "BookContext",
    "CapabilityKind",
    "Choice",
    "Command",
    "Data",
    "DecisionTable",
    "Derivation",
    "Derived",
    "FeeLine",
    "FeeRule",
    "FieldRule",
    "FindingRule",
    "Form",
    "Handler",
    "HandlerContext",
    "Hint",
    "Opinion",
    "OwnData",
    "Panel",
    "PanelContext",
    "PaymentAnswer",
    "PaymentAsked",
    "PaymentProvider",
    "PaymentSaid",
    "RoutingOpinion",
    "RoutingRule",
    "RuleContext",
    "Setting",
    "SlipContext",
    "SlipFiller",
    "SlipTemplate",
    "Standing",
    "in_force",
    "signed",
    "unaltered",
]
