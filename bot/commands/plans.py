"""`make plans`: draw every plan, with its questions and steps, as SVG into var/plans for those who check the facts."""

import sys
from typing import Dict, List

from bot.bootstrap import ROOT, load_planner, now
from bot.commands.options import content_or_exit, settings_or_exit
from bot.core.plans.drawing import draw
from bot.core.plans.figures import Figures
from bot.core.plans.plan import Plan


def details(plan: Plan, figures: Figures) -> Dict[str, List[str]]:
    """Return what stands below the title of each step: its time, its price and what else has a figure."""
    return {
        step.id: [
            f"time: {'none' if step.at_once else figures.said(step.duration) or 'unknown'}",
            f"price: {'free' if step.free else figures.said(step.price) or 'unknown'}",
            *(f"{name}: {said}" for name, said in _more(step, figures) if said),
        ]
        for step in plan.steps
    }


def _more(step, figures: Figures):
    yield "for example", figures.said((step.for_example,))
    yield "capital", figures.said((step.capital,))
    yield "before the opening", figures.said(step.lead)
    yield "decides", step.decides.name if step.decides else ""
    yield "sent to", step.send_to.name if step.send_to else ""


def main() -> int:
    """Return 0 when all plans are drawn; SystemExit with a sentence when the content has a mistake."""
    settings = settings_or_exit()
    content = content_or_exit(settings, ROOT)
    figures = Figures(content.knowledge.topics, now().date(), content.phrases["answer"])
    folder = settings.var_dir / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    plans = load_planner(content).all()
    for plan in plans:
        (folder / f"{plan.id}.svg").write_text(draw(plan, details(plan, figures)), encoding="utf-8")
    print(f"{len(plans)} plans drawn in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
