"""Where wanted nodes begin in a YAML or JSON text, by its events.

The text is gone through until all are found; one that is not well-formed is read as far as it goes.
"""

from __future__ import annotations

from collections.abc import Mapping

import yaml
from msgspec import Struct

import generator.document.events as events
from generator.document.wanted import Node, Wanted


def find_in_events(text: str, wanted: Wanted) -> None:
    """Note the positions of what is wanted."""
    if text.lstrip(" \t\r\n")[:1] in ("{", "["):
        text = events.without_surrogates(text)
    readable, restore = events.shielded(text)
    search = _Search(wanted, restore)
    try:
        for event in events.parse(readable):
            search.take(event)
            if not wanted.missing:
                return
    except yaml.YAMLError:
        return


class _Frame(Struct):
    """A collection on the way to something wanted."""

    wanted: Node
    mapping: bool
    items: int = 0
    member: Node | None = None
    at_key: bool = True


class _Search:
    """Follows the events beside the tree of what is wanted."""

    def __init__(self, wanted: Wanted, restore: Mapping[int, str]) -> None:
        self._wanted = wanted
        self._restore = restore
        self._frames: list[_Frame] = []
        self._skipped = 0

    def take(self, event: yaml.Event) -> None:
        """Go on by one event."""
        if isinstance(event, yaml.CollectionEndEvent):
            if self._skipped:
                self._skipped -= 1
            else:
                self._frames.pop()
        elif self._skipped:
            self._skipped += isinstance(event, yaml.CollectionStartEvent)
        elif isinstance(event, yaml.NodeEvent):
            self._enter(event, self._node(event))

    def _enter(self, event: yaml.NodeEvent, node: Node | None) -> None:
        if not isinstance(event, yaml.CollectionStartEvent):
            return
        if node is not None and node.children:
            self._frames.append(_Frame(node, isinstance(event, yaml.MappingStartEvent)))
        else:
            self._skipped = 1

    def _node(self, event: yaml.NodeEvent) -> Node | None:
        """What is wanted of the node that begins with this event."""
        if not self._frames:
            self._note(self._wanted.root, event)
            return self._wanted.root
        frame = self._frames[-1]
        if not frame.mapping:
            node = frame.wanted.children.get(str(frame.items))
            frame.items += 1
            self._note(node, event)
            return node
        frame.at_key = not frame.at_key
        if frame.at_key:
            return frame.member
        key = event.value if isinstance(event, yaml.ScalarEvent) else None
        frame.member = None if key is None else frame.wanted.children.get(self._restored(key))
        self._note(frame.member, event)
        return None

    def _restored(self, key: str) -> str:
        return key.translate(self._restore) if self._restore else key

    def _note(self, node: Node | None, event: yaml.Event) -> None:
        self._wanted.note(node, events.position(event.start_mark))
