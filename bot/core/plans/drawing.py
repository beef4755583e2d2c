"""Draws a plan as SVG for those who check it: questions on top, below them the steps from left to right."""

import textwrap
from dataclasses import dataclass
from html import escape
from typing import Dict, Iterable, List, Mapping, Sequence, Tuple

from bot.core.plans.conditions import Condition, Every, Is, Not, mentioned
from bot.core.plans.order import befores, layers
from bot.core.plans.plan import Plan, Question

_WIDTH, _GAP_X, _GAP_Y, _LINE, _PADDING = 270, 90, 22, 18, 12
_LETTERS = 40
_MARGIN = 30
_STYLE = (
    "text{font:13px sans-serif;fill:#1a1a1a}.b{font-weight:bold}.c{fill:#8a3d00}"
    "rect{fill:#fff;stroke:#454545;rx:6}.q{fill:#eef4ff}.s{fill:#fff}.o{fill:#f0f0f0;stroke-dasharray:5 3}"
    "path{fill:none;stroke:#7a7a7a;stroke-width:1.5}"
)


@dataclass(frozen=True)
class _Box:
    """A box with its lines, each with the class of its words."""

    x: int
    y: int
    lines: Tuple[Tuple[str, str], ...]
    kind: str

    @property
    def height(self) -> int:
        return len(self.lines) * _LINE + 2 * _PADDING

    def svg(self) -> str:
        parts = [
            f'<rect class="{self.kind}" x="{self.x}" y="{self.y}" width="{_WIDTH}" height="{self.height}"/>'
        ]
        for number, (line, style) in enumerate(self.lines):
            y = self.y + _PADDING + number * _LINE + 13
            parts.append(f'<text class="{style}" x="{self.x + _PADDING}" y="{y}">{escape(line)}</text>')
        return "".join(parts)


def in_words(condition: Condition) -> str:
    """Return a condition as somebody reads it: `alkohol = ja and not (form = aps or as)`."""
    if isinstance(condition, Is):
        return f"{condition.question} = {' or '.join(condition.values)}"
    if isinstance(condition, Not):
        return f"not ({in_words(condition.part)})"
    word = " and " if isinstance(condition, Every) else " or "
    return word.join(
        f"({in_words(part)})" if isinstance(part, (Every,)) and len(part.parts) > 1 else in_words(part)
        for part in condition.parts
    )


def draw(plan: Plan, details: Mapping[str, Sequence[str]]) -> str:
    """Return the plan as a drawing; `details` are lines to show below the title of each step."""
    questions = _rows([_question(question) for question in plan.questions])
    top = max((box.y + box.height for box in questions), default=_MARGIN) + 3 * _GAP_Y
    steps = _steps(plan, details, top)
    before = befores(plan, plan.steps)
    arrows = [_arrow(steps[other], steps[name]) for name in steps for other in before[name]]
    boxes = [*questions, *steps.values()]
    width = max((box.x for box in boxes), default=0) + _WIDTH + _MARGIN
    height = max((box.y + box.height for box in boxes), default=0) + _MARGIN
    body = "\n".join([*arrows, *(box.svg() for box in boxes)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">\n<title>{escape(plan.title)}</title>\n'
        f"<style>{_STYLE}</style>\n{body}\n</svg>\n"
    )


def _question(question: Question) -> Tuple[Tuple[str, str], ...]:
    lines = [*_folded(question.text, "b"), (f"id: {question.id}", "")]
    for option in question.options:
        doubt = " (also when not known)" if option.id == question.unsure else ""
        lines += _folded(f"{option.id}: {option.title}{doubt}", "")
    if mentioned(question.ask_when):
        lines += _folded(f"asked when {in_words(question.ask_when)}", "c")
    return tuple(lines)


def _rows(found: Sequence[Tuple[Tuple[str, str], ...]]) -> List[_Box]:
    """Put the questions four in a row, each row as high as its highest."""
    boxes: List[_Box] = []
    y = _MARGIN
    for begin in range(0, len(found), 4):
        row = [
            _Box(_MARGIN + column * (_WIDTH + _GAP_Y), y, lines, "q")
            for column, lines in enumerate(found[begin : begin + 4])
        ]
        boxes += row
        y = max(box.y + box.height for box in row) + _GAP_Y
    return boxes


def _steps(plan: Plan, details: Mapping[str, Sequence[str]], top: int) -> Dict[str, _Box]:
    boxes: Dict[str, _Box] = {}
    for column, layer in enumerate(layers(plan.steps, befores(plan, plan.steps))):
        y = top
        for step in layer:
            lines = [*_folded(step.title, "b"), (f"{step.id} · {step.topic}", "")]
            for detail in details.get(step.id, ()):
                lines += _folded(detail, "")
            if mentioned(step.when):
                lines += _folded(f"when {in_words(step.when)}", "c")
            kind = "o" if step.after_opening else "s"
            box = _Box(_MARGIN + column * (_WIDTH + _GAP_X), y, tuple(lines), kind)
            boxes[step.id] = box
            y += box.height + _GAP_Y
    return boxes


def _folded(text: str, style: str) -> Iterable[Tuple[str, str]]:
    return [(line, style) for line in textwrap.wrap(text, _LETTERS)]


def _arrow(source: _Box, target: _Box) -> str:
    x1, y1 = source.x + _WIDTH, source.y + source.height // 2
    x2, y2 = target.x, target.y + target.height // 2
    middle = (x2 - x1) // 2
    head = f"M{x2 - 7} {y2 - 4} L{x2} {y2} L{x2 - 7} {y2 + 4}"
    return f'<path d="M{x1} {y1} C{x1 + middle} {y1} {x2 - middle} {y2} {x2} {y2} {head}"/>'
