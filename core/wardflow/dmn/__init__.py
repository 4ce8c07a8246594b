"""Decision models (DMN 1.2 to 1.5): read a file, ask a decision, and learn why it came out as it did."""

from wardflow.dmn.check import check
from wardflow.dmn.explanation import Cell, Explanation, Input, Row, Step, Table
from wardflow.dmn.model import Model
from wardflow.dmn.reader import read
from wardflow.errors import DecisionUnknown, DmnRefused

__all__ = [
    "Cell",
    "DecisionUnknown",
    "DmnRefused",
    "Explanation",
    "Input",
    "Model",
    "Row",
    "Step",
    "Table",
    "check",
    "read",
]
