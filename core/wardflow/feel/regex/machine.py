"""Runs a pattern over a text by backtracking that never tries the same place of the pattern at the same place twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from wardflow.errors import FeelLimit
from wardflow.feel.regex import reading as r
from wardflow.feel.regex.characters import Characters
from wardflow.feel.values import Nothing

LARGEST = 4000
Spend = Callable[[int], None]
Saves = tuple[int, ...]


class Instruction(NamedTuple):
    """What to do, and with which slot, group, next places or set."""

    what: str
    first: int = 0
    second: int = 0
    holds: Characters | None = None



@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched, and its groups as (start, end), -1 where a group took no part."""

    start: int
    end: int
    groups: Saves

    def group(self, text: str, number: int) -> str:
        """What a group matched, empty where it took no part; 0 is the whole match."""
        start, end = (self.start, self.end) if number == 0 else self.groups[2 * number - 2 : 2 * number]
        return text[start:end] if start >= 0 and end >= 0 else ""


class Builder:
    """Collects the instructions of a pattern."""

    def __init__(self, groups: int) -> None:
        self.program: list[Instruction] = []
        self.slots = 2 * groups
        self.looks_back = False

    def emit(self, what: str, first: int = 0, holds: Characters | None = None) -> int:
        """Add an instruction and tell its place."""
        if len(self.program) >= LARGEST:
            raise FeelLimit(limit=LARGEST, what="steps of a pattern")
        self.program.append(Instruction(what, first, 0, holds))
        return len(self.program) - 1

    def add(self, piece: r.Piece) -> None:
        """Add the instructions of a part."""
        match piece:
            case r.One(holds):
                self.emit("one", 0, holds)
            case r.Anchor(start):
                self.emit("start" if start else "end")
            case r.Back(group):
                self.looks_back = True
                self.emit("back", group)
            case r.Sequence(parts):
                for part in parts:
                    self.add(part)
            case r.Group(number, inner):
                self.emit("save", 2 * number - 2)
                self.add(inner)
                self.emit("save", 2 * number - 1)
            case r.Choice(branches):
                self._choice(branches)
            case r.Repeat():
                self._repeat(piece)

    def _choice(self, branches: tuple[r.Piece, ...]) -> None:
        ends = []
        for branch in branches[:-1]:
            split = self.emit("split")
            self.add(branch)
            ends.append(self.emit("go"))
            self.program[split] = Instruction("split", split + 1, len(self.program))
        self.add(branches[-1])
        for end in ends:
            self.program[end] = Instruction("go", len(self.program))

    def _repeat(self, piece: r.Repeat) -> None:
        for _ in range(piece.least):
            self.add(piece.inner)
        if piece.most is None:
            self._loop(piece)
            return
        splits = []
        for _ in range(piece.most - piece.least):
            splits.append(self.emit("split"))
            self.add(piece.inner)
        for split in splits:
            self._fork(split, split + 1, len(self.program), piece.greedy)

    def _loop(self, piece: r.Repeat) -> None:
        mark = self.slots
        self.slots += 1
        split = self.emit("split")
        self.emit("save", mark)
        self.add(piece.inner)
        self.emit("moved", mark)
        self.emit("go", split)
        self._fork(split, split + 1, len(self.program), piece.greedy)

    def _fork(self, split: int, inside: int, beyond: int, greedy: bool) -> None:
        self.program[split] = Instruction("split", *((inside, beyond) if greedy else (beyond, inside)))


class Pattern:
    """A compiled pattern."""

    def __init__(self, text: str, flags: r.Flags) -> None:
        reader = r.PatternReader(text, flags)
        piece = reader.read()
        self.groups = reader.groups
        self.flags = flags
        builder = Builder(self.groups)
        builder.add(piece)
        builder.emit("done")
        self._program = builder.program
        self._slots = builder.slots
        self._looks_back = builder.looks_back

    def search(self, text: str, start: int, spend: Spend) -> Match | None:
        """The first match at or after `start`."""
        seen: set[int] = set()
        for first in range(start, len(text) + 1):
            found = self._from(text, first, seen, spend)
            if found is not None:
                return found
        return None

    def _from(self, text: str, first: int, seen: set[int], spend: Spend) -> Match | None:
        """The match that begins exactly at `first`; `seen` holds the states that are known to fail."""
        program, width, remember = self._program, len(self._program), not self._looks_back
        stack: list[tuple[int, int, Saves]] = [(0, first, (-1,) * self._slots)]
        steps = 0
        while stack:
            place, at, saves = stack.pop()
            steps += 1
            if steps % 64 == 0:
                spend(100)
            state = at * width + place
            if state in seen:
                continue
            if remember:
                seen.add(state)
            instruction = program[place]
            if instruction.what == "done":
                spend(steps % 64 + 10)
                return Match(first, at, saves)
            if instruction.what == "split":
                stack.append((instruction.second, at, saves))
                stack.append((instruction.first, at, saves))
            else:
                self._step(instruction, text, (place, at, saves), stack)
        spend(steps % 64 + 4)
        return None

    def _step(
        self, instruction: Instruction, text: str, state: tuple[int, int, Saves], stack: list[tuple[int, int, Saves]]
    ) -> None:
        place, at, saves = state
        match instruction.what:
            case "one":
                if at < len(text) and instruction.holds is not None and instruction.holds(text[at]):
                    stack.append((place + 1, at + 1, saves))
            case "save":
                slot = instruction.first
                stack.append((place + 1, at, (*saves[:slot], at, *saves[slot + 1 :])))
            case "go":
                stack.append((instruction.first, at, saves))
            case "moved":
                if saves[instruction.first] != at:
                    stack.append((place + 1, at, saves))
            case "back":
                again = self._again(text, at, saves, instruction.first)
                if again >= 0:
                    stack.append((place + 1, again, saves))
            case "start" | "end":
                if self._anchored(text, at, start=instruction.what == "start"):
                    stack.append((place + 1, at, saves))

    def _again(self, text: str, at: int, saves: Saves, group: int) -> int:
        """Where the text goes on after repeating a group, -1 when it does not."""
        start, end = saves[2 * group - 2], saves[2 * group - 1]
        wanted = text[start:end] if start >= 0 and end >= 0 else ""
        given = text[at : at + len(wanted)]
        same = given.casefold() == wanted.casefold() if self.flags.ignore_case else given == wanted
        return at + len(wanted) if same else -1

    def _anchored(self, text: str, at: int, *, start: bool) -> bool:
        if start:
            return at == 0 or (self.flags.multi_line and text[at - 1] == "\n" and at < len(text))
        return at == len(text) or (self.flags.multi_line and text[at] == "\n")

    def _matches(self, text: str, spend: Spend) -> list[Match]:
        """Every match, one after the other; a pattern that matches nothing at all cannot be used so."""
        if self.search("", 0, spend) is not None:
            raise Nothing("pattern", problem="it matches an empty text")
        found: list[Match] = []
        at = 0
        while at <= len(text):
            match = self.search(text, at, spend)
            if match is None:
                break
            found.append(match)
            at = match.end if match.end > match.start else match.end + 1
        return found

    def split(self, text: str, spend: Spend) -> list[str]:
        """The parts between the matches."""
        at = 0
        parts: list[str] = []
        for match in self._matches(text, spend):
            parts.append(text[at : match.start])
            at = match.end
        return [*parts, text[at:]]

    def replaced(self, text: str, replacement: str, spend: Spend, fits: Spend) -> str:
        """The text with every match replaced."""
        pieces = [replacement] if self.flags.literal else _replacement(replacement, self.groups)
        made: list[str] = []
        at = length = 0
        for match in self._matches(text, spend):
            made.append(text[at : match.start])
            for piece in pieces:
                made.append(match.group(text, piece) if isinstance(piece, int) else piece)
                length += len(made[-1])
            fits(length)
            at = match.end
        return "".join([*made, text[at:]])


def _replacement(text: str, groups: int) -> list[str | int]:
    """A replacement cut into literal texts and the numbers of groups."""
    pieces: list[str | int] = []
    at = 0
    while at < len(text):
        sign, after = text[at], text[at + 1 : at + 2]
        if sign == "\\":
            if after not in ("\\", "$") or not after:
                raise Nothing("pattern", problem="a lone \\ in the replacement")
            pieces.append(after)
            at += 2
        elif sign == "$":
            if not after.isdecimal():
                raise Nothing("pattern", problem="a lone $ in the replacement")
            number, at = int(after), at + 2
            while at < len(text) and text[at].isdecimal() and number * 10 + int(text[at]) <= groups:
                number, at = number * 10 + int(text[at]), at + 1
            pieces.append(number if number <= groups else "")
        else:
            pieces.append(sign)
            at += 1
    return pieces


@lru_cache(maxsize=256)
def compile_pattern(text: str, flags: r.Flags) -> Pattern:
    """The pattern, compiled once; raises Nothing when the text is not one."""
    return Pattern(text, flags)
