"""Small decision models written in few words, as the tests need them."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(*elements: str, namespace: str = "urn:city:test", dmn: str = NAMESPACE) -> bytes:
    """A DMN file of these elements."""
    head = f'<definitions xmlns="{dmn}" namespace="{namespace}" name="test" id="test">'
    return (head + "".join(elements) + "</definitions>").encode()


def data(name: str, type_: str = "") -> str:
    """An input."""
    return f'<inputData id="{ident(name)}" name={quoteattr(name)}><variable name={quoteattr(name)}{typed(type_)}/></inputData>'


def decision(name: str, logic: str, *needs: str, type_: str = "", knows: Sequence[str] = ()) -> str:
    """A decision of a boxed expression; `needs` are inputs, or decisions where they start with an exclamation mark."""
    required = "".join(
        f'<informationRequirement><requiredDecision href="#{ident(one[1:])}"/></informationRequirement>'
        if one.startswith("!")
        else f'<informationRequirement><requiredInput href="#{ident(one)}"/></informationRequirement>'
        for one in needs
    )
    known = "".join(f'<knowledgeRequirement><requiredKnowledge href="#{ident(one)}"/></knowledgeRequirement>' for one in knows)
    variable = f"<variable name={quoteattr(name)}{typed(type_)}/>"
    return f'<decision id="{ident(name)}" name={quoteattr(name)}>{variable}{required}{known}{logic}</decision>'


def literal(text: str) -> str:
    """A literal expression."""
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def table(policy: str, inputs: Sequence[str], outputs: Sequence[str], *rules: Sequence[str], more: str = "") -> str:
    """A decision table; an output may be written "name | its values | its default", a rule has its cells in order."""
    columns = "".join(f"<input><inputExpression><text>{escape(one)}</text></inputExpression></input>" for one in inputs)
    results = "".join(_output(one) for one in outputs)
    rows = "".join(_rule(number, rule, len(inputs)) for number, rule in enumerate(rules, start=1))
    name, _, aggregation = policy.partition("+")
    chosen = f'hitPolicy="{name}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    return f"<decisionTable {chosen} {more}>{columns}{results}{rows}</decisionTable>"


def _output(written: str) -> str:
    name, values, default = (*(part.strip() for part in written.split("|")), "", "")[:3]
    listed = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
    fallback = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    return f"<output name={quoteattr(name)}>{listed}{fallback}</output>"


def _rule(number: int, cells: Sequence[str], inputs: int) -> str:
    entries = "".join(
        f"<{kind}><text>{escape(cell)}</text></{kind}>"
        for place, cell in enumerate(cells)
        for kind in ["inputEntry" if place < inputs else "outputEntry"]
    )
    return f'<rule id="rule{number}">{entries}</rule>'


def typed(type_: str) -> str:
    """The attribute that names a type."""
    return f" typeRef={quoteattr(type_)}" if type_ else ""


def ident(name: str) -> str:
    """An id for a name."""
    return "_" + name.replace(" ", "_")
