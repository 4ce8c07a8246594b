"""Regular expressions of XML Schema and XPath, matched in time linear in the text: no pattern can hang a process."""

from wardflow.feel.regex.machine import Match, Pattern, compile_pattern
from wardflow.feel.regex.reading import Flags

__all__ = ["Flags", "Match", "Pattern", "compile_pattern"]
