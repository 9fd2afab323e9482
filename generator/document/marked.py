"""The marked reader: any YAML text through its events, by YAML 1.2's core schema.

In comes text, out goes plain data; every duplicate key is reported at its own line and the last one
counts. Refused, with a position: what is not well-formed, a second document, an alias to a node
that contains it, nesting and expansion beyond the limits. Merge keys (`<<`) are honoured, since the
readers that most authors use do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import yaml
from msgspec import Struct

import generator.document.events as events
from generator.diagnostics import Diagnostics, Span
from generator.document.document import Json
from generator.document.refusal import MAX_DEPTH, MAX_DIGITS, MAX_NODES, Refusal
from generator.document.scalars import Scalar, resolve_plain

_TAG = "tag:yaml.org,2002:"
_MERGE = "<<"


def read_marked(name: str, text: str, diagnostics: Diagnostics) -> Json:
    """The data in a YAML text, its duplicate keys reported; raises `Refusal`."""
    readable, restore = events.shielded(text)
    builder = _Builder(name, diagnostics, restore)
    try:
        for event in events.parse(readable):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join((error.problem or "the text is not well-formed").split())
        raise Refusal("syntax", message, builder.span(mark)) from None
    except yaml.YAMLError as error:
        message = " ".join(str(error).split())[:200]
        raise Refusal("syntax", message, Span(name)) from None
    return builder.root


class _Anchor(Struct):
    """A node that aliases may name; `frame` is set while the node is still being read."""

    value: Json = None
    source: str | None = None
    nodes: int = 1
    height: int = 0
    frame: _Frame | None = None


class _Frame(Struct):
    """A collection that is being read."""

    value: dict[str, Json] | list[Json]
    anchor: str | None
    first_node: int
    height: int = 0
    key: str | None = None
    merging: bool = False
    keys: dict[str, Span] = {}


class _Builder:
    """Builds the data from events, without recursion."""

    def __init__(self, name: str, diagnostics: Diagnostics, restore: Mapping[int, str]) -> None:
        self.root: Json = None
        self._name = name
        self._diagnostics = diagnostics
        self._restore = restore
        self._stack: list[_Frame] = []
        self._anchors: dict[str, _Anchor] = {}
        self._nodes = 0
        self._documents = 0
        self._handlers: dict[type[yaml.Event], Callable[..., None]] = {
            yaml.DocumentStartEvent: self._document,
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_sequence,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
        }

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the stream."""
        handler = self._handlers.get(type(event))
        if handler is not None:
            handler(event)

    def span(self, mark: events.Mark | None) -> Span:
        """libyaml's position in this file."""
        return Span(self._name, *events.position(mark))

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "a second document begins here; a file must hold one"
            raise Refusal("syntax", message, self.span(event.start_mark))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        source = event.value.translate(self._restore) if self._restore else event.value
        self._count(1, event)
        if self._wants_key():
            plain = event.implicit[0] and event.tag is None
            self._open_key(source, event, merging=plain and source == _MERGE)
            value: Json = source
        else:
            value = self._resolve(source, event)
            self._add(value, event)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchor(value, source)

    def _resolve(self, source: str, event: yaml.ScalarEvent) -> Scalar:
        plain, _ = event.implicit
        if event.tag is not None:
            return self._tagged(source, event.tag.removeprefix(_TAG), event)
        try:
            return resolve_plain(source) if plain else source
        except OverflowError:
            message = f"an integer has more than {MAX_DIGITS:,} digits"
            raise Refusal("too-large", message, self.span(event.start_mark)) from None

    def _tagged(self, source: str, kind: str, event: yaml.ScalarEvent) -> Scalar:
        if kind == "str":
            return source
        value = resolve_plain(source)
        if kind == "float" and type(value) is int:
            return float(value)
        if _KINDS.get(kind) is not type(value):
            self._unknown_tag(event)
        return value

    def _alias(self, event: yaml.AliasEvent) -> None:
        anchor = self._anchors.get(event.anchor or "")
        if anchor is None:
            message = f"the alias *{event.anchor} names no anchor before it"
            raise Refusal("syntax", message, self.span(event.start_mark))
        if anchor.frame is not None:
            message = f"the alias *{event.anchor} stands inside the node that it names"
            raise Refusal("syntax", message, self.span(event.start_mark))
        self._count(anchor.nodes, event)
        if len(self._stack) + anchor.height > MAX_DEPTH:
            raise self._too_deep(event)
        if not self._wants_key():
            self._add(anchor.value, event, anchor.height)
        elif anchor.source is None:
            raise self._no_key(event)
        else:
            self._open_key(anchor.source, event, merging=False)

    def _open_mapping(self, event: yaml.MappingStartEvent) -> None:
        self._open(_Frame({}, event.anchor, self._nodes), "map", event)

    def _open_sequence(self, event: yaml.SequenceStartEvent) -> None:
        self._open(_Frame([], event.anchor, self._nodes), "seq", event)

    def _open(self, frame: _Frame, kind: str, event: yaml.CollectionStartEvent) -> None:
        if self._wants_key():
            raise self._no_key(event)
        self._count(1, event)
        if event.tag not in (None, "!", _TAG + kind):
            self._unknown_tag(event)
        if frame.anchor is not None:
            self._anchors[frame.anchor] = _Anchor(frame=frame)
        self._stack.append(frame)
        if len(self._stack) > MAX_DEPTH:
            raise self._too_deep(event)

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        frame = self._stack.pop()
        height = frame.height + 1
        if frame.anchor is not None and self._anchors[frame.anchor].frame is frame:
            nodes = self._nodes - frame.first_node
            self._anchors[frame.anchor] = _Anchor(frame.value, None, nodes, height)
        self._add(frame.value, event, height)

    def _wants_key(self) -> bool:
        if not self._stack:
            return False
        frame = self._stack[-1]
        return frame.key is None and isinstance(frame.value, dict)

    def _open_key(self, key: str, event: yaml.Event, *, merging: bool) -> None:
        frame = self._stack[-1]
        span = self.span(event.start_mark)
        first = frame.keys.setdefault(key, span)
        if first is not span:
            message = f"the key {_short(key)} stands twice in one mapping; the last one counts"
            self._diagnostics.report("duplicate-key", message, span, first)
        frame.key = key
        frame.merging = merging

    def _add(self, value: Json, event: yaml.Event, height: int = 0) -> None:
        if not self._stack:
            self.root = value
            return
        frame = self._stack[-1]
        frame.height = max(frame.height, height)
        if isinstance(frame.value, list):
            frame.value.append(value)
            return
        if frame.merging:
            self._merge(frame, frame.value, value, event)
        elif frame.key is not None:
            frame.value[frame.key] = value
        frame.key = None

    def _merge(self, frame: _Frame, into: dict[str, Json], value: Json, event: yaml.Event) -> None:
        for source in value if isinstance(value, list) else [value]:
            if not isinstance(source, dict):
                message = "a merge key needs a mapping, or a list of mappings"
                raise Refusal("syntax", message, self.span(event.start_mark))
            for key, member in source.items():
                into.setdefault(key, member)
        frame.merging = False

    def _count(self, nodes: int, event: yaml.Event) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            message = f"the aliases expand to more than {MAX_NODES:,} nodes"
            raise Refusal("too-deep", message, self.span(event.start_mark))

    def _too_deep(self, event: yaml.Event) -> Refusal:
        message = f"the text nests deeper than {MAX_DEPTH:,} levels"
        return Refusal("too-deep", message, self.span(event.start_mark))

    def _no_key(self, event: yaml.Event) -> Refusal:
        return Refusal("syntax", "a key must be a scalar", self.span(event.start_mark))

    def _unknown_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        message = f"the tag {_short(str(event.tag))} has no meaning in a description"
        self._diagnostics.report("unsupported", message, self.span(event.start_mark))


_KINDS = {"int": int, "float": float, "bool": bool, "null": type(None)}


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
