"""Forms: one JSON Schema gives the fields of a page, the value of a post, and what is wrong with it.

Pure: schemas and values in, fields and objections out. Nothing is fetched, read from disk or remembered.
"""

from wardflow.forms.captions import captions
from wardflow.forms.check import check, settle
from wardflow.forms.defaults import defaults
from wardflow.forms.feel_types import types
from wardflow.forms.field import Field, Option, every_field, unplaced
from wardflow.forms.fields import fields
from wardflow.forms.files import attachments, file_fields, file_objections, show_size
from wardflow.forms.judge import misbuilt
from wardflow.forms.keywords import KEYWORDS
from wardflow.forms.lists import BUTTONS, edit_list, edited_choices
from wardflow.forms.paths import html_id, html_name, pointer
from wardflow.forms.post import choices_of, from_post
from wardflow.forms.registry import Schemas
from wardflow.forms.reuse import declared, fits, reusable
from wardflow.forms.sealed import join_sealed, sealed_roles, split_sealed
from wardflow.forms.showing import pointers, without_hidden
from wardflow.forms.summary import Difference, Row, answer, differences, summary
from wardflow.forms.undrawable import undrawable
from wardflow.forms.values import ABSENT, get, is_sealed, put

__all__ = [
    "ABSENT",
    "BUTTONS",
    "KEYWORDS",
    "Difference",
    "Field",
    "Option",
    "Row",
    "Schemas",
    "answer",
    "attachments",
    "captions",
    "check",
    "choices_of",
    "declared",
    "defaults",
    "differences",
    "edit_list",
    "edited_choices",
    "every_field",
    "fields",
    "file_fields",
    "file_objections",
    "fits",
    "from_post",
    "get",
    "html_id",
    "html_name",
    "is_sealed",
    "join_sealed",
    "misbuilt",
    "pointer",
    "pointers",
    "put",
    "reusable",
    "sealed_roles",
    "settle",
    "show_size",
    "split_sealed",
    "summary",
    "types",
    "undrawable",
    "unplaced",
    "without_hidden",
]
