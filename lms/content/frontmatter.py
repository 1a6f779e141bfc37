"""Reads YAML with the place of every key and value, and checks it against a declared schema."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from lms.content.lines import Line
from lms.content.mistakes import Mistakes, Span, listed, near

T = TypeVar("T")
Place = tuple[str, ...]

DEPTH = 12
_FENCE = re.compile(r"---[ \t]*$")
_REFUSED: dict[type[yaml.Token], str] = {
    yaml.AnchorToken: "yaml-anchor",
    yaml.AliasToken: "yaml-alias",
    yaml.TagToken: "yaml-tag",
    yaml.DirectiveToken: "yaml-document",
    yaml.DocumentStartToken: "yaml-document",
    yaml.DocumentEndToken: "yaml-document",
}
_OPENING = (
    yaml.BlockMappingStartToken, yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken,
)  # fmt: skip
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


class _Loader(yaml.SafeLoader):
    """Reads `no` as text and a day as text: the schema says what a value is, not its looks."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(0|[1-9][0-9]{0,9})$"), list("-0123456789")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|)$"), ["~", "n", ""])


@dataclass
class Tree:
    """Plain values and the place of each: keys by path, values by path."""

    value: Any = None
    keys: dict[Place, Span] = field(default_factory=dict)
    values: dict[Place, Span] = field(default_factory=dict)

    def span(self, *place: object) -> Span:
        """Where the value stands, or the nearest thing around it."""
        names = tuple(str(part) for part in place)
        while names and names not in self.values:
            names = names[:-1]
        return self.values.get(names, Span(line=1))

    def key_span(self, *place: object) -> Span:
        """Where the key stands, or the nearest value around it."""
        names = tuple(str(part) for part in place)
        return self.keys.get(names) or self.span(*names)


def split(lines: Sequence[Line], mistakes: Mistakes) -> tuple[list[Line], list[Line]] | None:
    """The lines of the front matter and of the body."""
    if not lines or not _FENCE.match(lines[0].text):
        mistakes.add("no-front-matter", Span(line=1))
        return None
    for index, line in enumerate(lines[1:], 1):
        if _FENCE.match(line.text):
            return list(lines[1:index]), list(lines[index + 1 :])
    mistakes.add("front-matter-not-closed", lines[0].span())
    return None


def read_yaml(lines: Sequence[Line], mistakes: Mistakes) -> Tree | None:
    """The values of some lines of YAML, with their places; None when they cannot be read."""
    first = lines[0].number if lines else 1
    text = "\n".join(line.text for line in lines)
    try:
        if not _permitted(text, first, mistakes):
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        span = Span(line=mark.line + first, column=mark.column + 1) if mark else Span(line=first)
        mistakes.add(
            "yaml-syntax", span, problem=getattr(error, "problem", None) or "a character is not allowed"
        )
        return None
    walk = _Walk(first, mistakes)
    walk.tree.values[()] = Span(line=first)
    if node is not None:
        walk.tree.value = walk.read(node, ())
        walk.tree.values[()] = Span(line=walk.span(node).line)
    return walk.tree


def _permitted(text: str, first: int, mistakes: Mistakes) -> bool:
    """Refuse what can make a small file grow or change types, before anything is built from it."""
    depth = 0
    before = len(mistakes.found)
    for token in yaml.scan(text, Loader=_Loader):
        span = Span(line=token.start_mark.line + first, column=token.start_mark.column + 1)
        if code := _REFUSED.get(type(token)):
            mistakes.add(code, span)
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > DEPTH:
            mistakes.add("yaml-depth", span)
            break
    return len(mistakes.found) == before


class _Walk:
    """Turns nodes into values, and keeps where each came from."""

    def __init__(self, first: int, mistakes: Mistakes) -> None:
        self.first = first
        self.mistakes = mistakes
        self.tree = Tree()

    def span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Span(line=start.line + self.first, column=start.column + 1, length=max(length, 1))

    def read(self, node: yaml.Node, place: Place) -> Any:  # noqa: ANN401 what YAML holds
        self.tree.values[place] = self.span(node)
        if isinstance(node, yaml.MappingNode):
            return self.read_mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*place, str(index))) for index, item in enumerate(node.value)]
        if node.tag.endswith(":int"):
            return int(node.value)
        return None if node.tag.endswith(":null") else node.value

    def read_mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or not key_node.value:
                self.mistakes.add("yaml-key", self.span(key_node))
                continue
            key = str(key_node.value)
            inside = (*place, key)
            if key in values:
                first = self.tree.keys[inside].line
                self.mistakes.add("duplicate-key", self.span(key_node), key=key, first=first)
                continue
            self.tree.keys[inside] = self.span(key_node)
            values[key] = self.read(value_node, inside)
        return values


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}
_NAMES: dict[Any, dict[str, Any]] = {}


def _fitted(kind: type[T], text: str, extra: Literal["forbid", "ignore"]) -> T:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    value: T = _ADAPTERS[kind].validate_json(text, strict=True, extra=extra)
    return value


def validate(kind: type[T], tree: Tree, mistakes: Mistakes) -> T | None:
    """The values as a dataclass; None when they do not fit. Unknown keys are named and left out."""
    text = json.dumps(_without_blanks(kind, tree.value) if tree.value is not None else {})
    try:
        return _fitted(kind, text, "forbid")
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            _explain(kind, problem, tree, mistakes)
    try:
        return _fitted(kind, text, "ignore")
    except ValidationError:
        return None


def _without_blanks(kind: Any, value: Any) -> Any:  # noqa: ANN401 any type
    """A known key without a value is a key that was left out."""
    if isinstance(value, list):
        return [_without_blanks(_inside(kind, "0"), item) for item in value]
    if not isinstance(value, dict):
        return value
    plain = _plain(kind)
    known = _names(plain) if is_dataclass(plain) else {}
    kept = {key: inner for key, inner in value.items() if inner is not None or key not in known}
    return {key: _without_blanks(_inside(kind, key), inner) for key, inner in kept.items()}


_CODES = {
    "string_type": "not-text", "int_type": "not-a-number", "int_parsing": "not-a-number",
    "date_type": "not-a-day", "date_parsing": "not-a-day", "date_from_datetime_parsing": "not-a-day",
    "tuple_type": "not-a-list", "dict_type": "not-keys", "dataclass_type": "not-keys",
    "greater_than_equal": "too-small", "less_than_equal": "too-big", "string_too_short": "empty-value",
    "too_short": "empty-value", "string_too_long": "too-long", "too_long": "too-many",
    "literal_error": "not-a-choice", "string_pattern_mismatch": "wrong-form",
}  # fmt: skip
_LIMITS = {
    "greater_than_equal": "ge",
    "less_than_equal": "le",
    "string_too_long": "max_length",
    "too_long": "max_length",
}
_EXAMPLES = (
    ("[A-Z]", "ABC"), ("#[0-9a-fA-F]", '"#0b1f3a"'),
    ("@", "a.author@example.org"), ("https", "https://www.gov.uk/"), ("[a-z0-9-]+/[0-9]+", "sourcing/4.2"),
    ("[0-9A-Za-z-]+", "pa23/51"), ("[a-z0-9]+", "award-and-standstill"),
)  # fmt: skip


def _explain(kind: Any, problem: ErrorDetails, tree: Tree, mistakes: Mistakes) -> None:  # noqa: ANN401 any type
    place = tuple(str(part) for part in problem["loc"])
    on_key = place[-1:] == ("[key]",)
    place = place[:-1] if on_key else place
    key = next((part for part in reversed(place) if not part.isdigit()), "this file")
    context = problem.get("ctx", {})
    match problem["type"]:
        case "unexpected_keyword_argument":
            known = _keys_at(kind, place[:-1])
            close = near(place[-1], known)
            mistakes.add("unknown-key", tree.key_span(*place), key=place[-1], known=listed(known), near=close)
        case "missing" if place in tree.keys:
            mistakes.add("empty-value", tree.keys[place], key=key)
        case "missing":
            mistakes.add("missing-key", tree.span(*place), key=place[-1])
        case "too_short" if problem["input"]:
            return  # what it holds was named already
        case _ if problem["input"] is None and not on_key:
            mistakes.add("empty-value", tree.key_span(*place), key=key)
        case found:
            span = tree.key_span(*place) if on_key else tree.span(*place)
            named = key
            if on_key:
                named = place[-2] if found == "string_pattern_mismatch" else place[-1]
            words = {"key": named, "value": problem["input"], "problem": problem["msg"]}
            words["limit"] = context.get(_LIMITS.get(found, ""), "")
            words["known"] = context.get("expected", "").replace("'", "")
            pattern = context.get("pattern", "")
            words["example"] = next((example for mark, example in _EXAMPLES if mark in pattern), "")
            mistakes.add(_CODES.get(found, "wrong-value"), span, **words)


def _keys_at(kind: Any, place: Place) -> list[str]:  # noqa: ANN401 any type
    """The keys that the schema knows at a place."""
    for part in place:
        kind = _inside(kind, part)
    kind = _plain(kind)
    if not is_dataclass(kind):
        return []
    return sorted(_names(kind))


def _names(kind: Any) -> dict[str, Any]:  # noqa: ANN401 any type
    """The keys of a dataclass as authors write them, with their types."""
    if kind in _NAMES:
        return _NAMES[kind]
    hints = get_type_hints(kind, include_extras=True)
    named = {}
    for one in fields(kind):
        notes = [note for note in getattr(hints[one.name], "__metadata__", ()) if isinstance(note, FieldInfo)]
        named[next((note.alias for note in notes if note.alias), one.name)] = hints[one.name]
    _NAMES[kind] = named
    return named


def _inside(kind: Any, part: str) -> Any:  # noqa: ANN401 any type
    kind = _plain(kind)
    if is_dataclass(kind):
        return _names(kind).get(part)
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def _plain(kind: Any) -> Any:  # noqa: ANN401 any type
    """A type without its notes and without “or nothing”."""
    for inner in _peeled(kind):
        kind = inner
    return kind


def _peeled(kind: Any) -> Iterator[Any]:  # noqa: ANN401 any type
    while True:
        yield kind
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, UnionType):
            kind = next(one for one in get_args(kind) if one is not type(None))
        else:
            return
