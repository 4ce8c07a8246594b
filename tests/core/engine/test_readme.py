"""The engine's README says what is there."""

from pathlib import Path

import wardflow.engine
from wardflow.engine.refused import REFUSED, SUPPORTED
from wardflow.engine.stepper.table import ENTER

FOLDER = Path(wardflow.engine.__file__).parent
TEXT = (FOLDER / "README.md").read_text()
PLUMBING = frozenset(
    (
        "definitions",
        "process",
        "incoming",
        "outgoing",
        "script",
        "source",
        "target",
        "conditionExpression",
        "activationCondition",
        "completionCondition",
        "condition",
        "loopCondition",
        "loopCardinality",
        "timeDate",
        "timeDuration",
        "timeCycle",
        "operationRef",
        "loopDataInputRef",
        "loopDataOutputRef",
        "inputDataItem",
        "outputDataItem",
        "complexBehaviorDefinition",
        "event",
        "implicitThrowEvent",
        "message",
        "signal",
        "error",
        "escalation",
        "ioSpecification",
        "dataInput",
        "dataOutput",
        "inputSet",
        "outputSet",
        "dataInputRefs",
        "dataOutputRefs",
        "sourceRef",
        "targetRef",
        "assignment",
        "from",
        "to",
        "transformation",
        "laneSet",
        "lane",
        "flowNodeRef",
        "childLaneSet",
        "correlationKey",
        "correlationProperty",
        "correlationPropertyRetrievalExpression",
        "messagePath",
        "formalExpression",
        "correlationSubscription",
        "correlationPropertyBinding",
        "dataPath",
        "correlationPropertyRef",
        "documentation",
        "extensionElements",
    )
)
"""Parts of the constructs the table names."""


def test_the_table_of_constructs_names_every_supported_element() -> None:
    assert not [tag for tag in SUPPORTED if tag not in PLUMBING and f"`{tag}`" not in TEXT]


def test_every_flow_node_can_be_entered_or_is_attached_to_one() -> None:
    nodes = [
        tag
        for tag in SUPPORTED
        if tag.endswith(("Task", "Event", "Gateway", "Process")) and not tag.startswith(("global", "implicit"))
    ]
    assert {tag for tag in nodes if tag not in ENTER} == {"boundaryEvent"}


def test_the_files_it_names_exist() -> None:
    rows = [
        line.split("|")[1]
        for line in TEXT.splitlines()
        if line.startswith("| `") and line.split("|")[1].strip().endswith(("py`", "/`"))
    ]
    for name in (part.strip().strip("`") for row in rows for part in row.split(",")):
        assert (FOLDER / name).exists(), name


def test_nothing_is_both_supported_and_refused() -> None:
    assert not set(SUPPORTED) & set(REFUSED)


def test_every_stepper_function_that_an_element_enters_names_its_section() -> None:
    for enter in set(ENTER.values()):
        assert "BPMN 2.0.2" in (enter.__doc__ or ""), enter
