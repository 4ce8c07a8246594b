"""Small process files written as lines, so that a test shows its model.

startEvent s                       an element: tag, id, then words
boundaryEvent b on=a timer=PT1H    key=value is an attribute, or an event definition: timer, cycle, date, message, signal, error,
                                   escalation, condition, link; alone: compensate, cancel, terminate, parallel, aside (not interrupting)
subProcess p ... end               a block holds what lies between
s -> a -> e                        flows; a -> b : x > 1 has a condition, a => b is the default
a ~ b                              an association
<xml/>                             put as it is into the element before it
"""

from __future__ import annotations

from itertools import pairwise
from xml.sax.saxutils import quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:test">'
)
TIMES = {"timer": "timeDuration", "cycle": "timeCycle", "date": "timeDate"}
NAMED = ("message", "signal", "error", "escalation")
ALONE = ("compensate", "cancel", "terminate")
BLOCKS = ("subProcess", "transaction", "adHocSubProcess")
ATTRIBUTES = {"on": "attachedToRef"}


class Small:
    """One file being written."""

    def __init__(self) -> None:
        self.named: dict[tuple[str, str], str] = {}
        self.count = 0

    def process(self, id: str, text: str) -> str:
        """A process from its lines."""
        lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
        return f'<bpmn:process id="{id}" isExecutable="true">{self.body(lines)}</bpmn:process>'

    def body(self, lines: list[str]) -> str:
        """What is inside a process or block; the flows come last but their default is set on the element."""
        defaults = dict(self.arrow(line, "=>") for line in lines if "=>" in line)
        out = []
        while lines:
            line = lines.pop(0)
            if "->" in line.split(":")[0] or "=>" in line:
                out.append(self.flows(line))
            elif " ~ " in line:
                source, target = line.split(" ~ ")
                out.append(f'<bpmn:association id="{self.fresh()}" sourceRef="{source}" targetRef="{target}"/>')
            else:
                out.append(self.element(line, lines, defaults))
        return "".join(out)

    def fresh(self) -> str:
        """A new id."""
        self.count += 1
        return f"x{self.count}"

    def arrow(self, line: str, arrow: str) -> tuple[str, str]:
        """The source of a default flow and the flow's id."""
        source, target = (part.strip() for part in line.split(arrow))
        return source, f"{source}-{target}"

    def flows(self, line: str) -> str:
        """One line of flows."""
        path, _, condition = line.partition(" : ")
        nodes = [n.strip() for n in path.replace("=>", "->").split("->")]
        inside = (
            f"<bpmn:conditionExpression>{condition.replace('&', '&amp;').replace('<', '&lt;')}</bpmn:conditionExpression>"
            if condition
            else ""
        )
        return "".join(
            f'<bpmn:sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}">{inside}</bpmn:sequenceFlow>'
            for a, b in pairwise(nodes)
        )

    def element(self, line: str, lines: list[str], defaults: dict[str, str]) -> str:
        """One element with its definitions, raw children and block."""
        tag, id, *words = line.split(maxsplit=2)
        attributes, inside = self.words(tag, words[0] if words else "")
        if id in defaults:
            attributes["default"] = defaults[id]
        while lines and lines[0].startswith("<"):
            inside += lines.pop(0)
        if tag in BLOCKS:
            inside += self.body(self.block(lines))
        text = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        return f'<bpmn:{tag} id="{id}"{text}>{inside}</bpmn:{tag}>'

    def block(self, lines: list[str]) -> list[str]:
        """The lines up to the matching end."""
        depth, own = 1, []
        while True:
            line = lines.pop(0)
            depth += line.split()[0] in BLOCKS
            depth -= line == "end"
            if not depth:
                return own
            own.append(line)

    def words(self, tag: str, text: str) -> tuple[dict[str, str], str]:
        """Attributes and event definitions from the words after the id."""
        attributes: dict[str, str] = {}
        inside = ""
        for word in _split(text):
            key, equals, value = word.partition("=")
            if key in TIMES and equals:
                inside += f"<bpmn:timerEventDefinition><bpmn:{TIMES[key]}>{value}</bpmn:{TIMES[key]}></bpmn:timerEventDefinition>"
            elif key in NAMED and tag in ("sendTask", "receiveTask"):
                attributes["messageRef"] = self.name(key, value)
            elif key in NAMED:
                reference = f' {key}Ref="{self.name(key, value)}"' if value else ""
                inside += f"<bpmn:{key}EventDefinition{reference}/>"
            elif key == "condition":
                inside += f"<bpmn:conditionalEventDefinition><bpmn:condition>{value}</bpmn:condition></bpmn:conditionalEventDefinition>"
            elif key == "link":
                inside += f'<bpmn:linkEventDefinition name="{value}"/>'
            elif key in ALONE:
                inside += f'<bpmn:{key}EventDefinition{f""" activityRef="{value}" """ if value else ""}/>'
            elif key == "aside":
                attributes["isInterrupting" if tag == "startEvent" else "cancelActivity"] = "false"
            elif key == "parallel":
                attributes["parallelMultiple"] = "true"
            else:
                attributes[ATTRIBUTES.get(key, key)] = value
        return attributes, inside

    def name(self, kind: str, value: str) -> str:
        """The id of a message, signal, error or escalation that the file defines."""
        return self.named.setdefault((kind, value), f"{kind}-{value}")

    def definitions(self) -> str:
        """What events refer to."""
        codes = {"error": "errorCode", "escalation": "escalationCode"}
        return "".join(
            f'<bpmn:{kind} id="{id}" {codes.get(kind, "name")}="{value}"/>' for (kind, value), id in self.named.items()
        )


def _split(text: str) -> list[str]:
    """Words, where a value in quotes may hold spaces."""
    words, current, quoted = [], "", False
    for sign in text:
        if sign == "'":
            quoted = not quoted
        elif sign == " " and not quoted:
            words.append(current)
            current = ""
        else:
            current += sign
    return [word for word in [*words, current] if word]


def bpmn(text: str = "", *, extra: str = "", **processes: str) -> bytes:
    """A file with the process "p" of these lines, further processes by name, and extra definitions."""
    small = Small()
    written = [small.process(id, lines) for id, lines in ({"p": text} if text else {} | processes).items()]
    written += [small.process(id, lines) for id, lines in processes.items()] if text else []
    return f"{HEAD}{small.definitions()}{extra}{''.join(written)}</bpmn:definitions>".encode()
