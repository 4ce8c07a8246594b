"""Codes and facts in, sentences out: the only place where a reason becomes words."""

from wardflow.wording.catalogues import LANGUAGES, read_catalogue
from wardflow.wording.formats import date, money, number
from wardflow.wording.words import Wording

__all__ = ["LANGUAGES", "Wording", "date", "money", "number", "read_catalogue"]
