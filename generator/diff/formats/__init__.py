"""The third layer: verdicts as rows for programs and as pages for people.

In come a comparison and the positions of places in both descriptions, out goes text. What people
read is grouped: the weightiest first, by rule and by what is said, with all operations below it.
"""

from generator.diff.formats.html import as_html
from generator.diff.formats.markdown import as_markdown
from generator.diff.formats.rows import as_json
from generator.diff.formats.text import render
from generator.diff.formats.words import Spans

__all__ = ["Spans", "as_html", "as_json", "as_markdown", "render"]
