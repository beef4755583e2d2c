"""Says why a case went where it did, to staff, and what follows from it, to the visitor."""

from typing import List, Mapping, Sequence, Tuple

from bot.core.answering import Phrases
from bot.core.danish import long_day
from bot.core.knowledge import Authority, Knowledge
from bot.core.parts import part_reference
from bot.core.routing import Route, Share
from bot.core.units import Municipality


class RouteWords:
    """The sentences of the phrases under `routing`."""

    def __init__(
        self,
        phrases: Phrases,
        knowledge: Knowledge,
        municipality: Municipality,
        plan_titles: Mapping[str, str],
    ):
        self._phrases = phrases
        self._knowledge = knowledge
        self._here = municipality
        self._plan_titles = plan_titles

    def whole(self, route: Route, reference: str, plan: str = "", language: str = "") -> str:
        """Return why the unit got the case; with parts, who has which. It goes on after »Sendt hertil,«."""
        sentences = [*self._because(route.main, plan), *self._circumstances(route.main)]
        if route.parts:
            parts = [
                self._phrases.say(
                    "part_at", reference=part_reference(reference, number), unit=share.unit.called
                )
                for number, share in enumerate(route.parts, 1)
            ]
            sentences.append(self._phrases.say("parts", parts=_listed(parts)))
        if language:
            sentences.append(self._phrases.say(f"language_{language}"))
        return " ".join(sentences)

    def part(self, share: Share, route: Route, reference: str) -> str:
        """Return why a unit got a part, and of what."""
        of = self._phrases.say("part_of", reference=reference, unit=route.unit.called)
        return " ".join([*self._because(share), *self._circumstances(share), of])

    def notes(self, route: Route, no_mail: bool = False) -> Tuple[str, ...]:
        """Return what the visitor is told beside unit and date: when somebody reads it, and who else does.

        With `no_mail` also that no receipt is mailed.
        """
        main, said = route.main, []
        if main.slow:
            said.append(self._phrases.say("told_slow", unit=main.unit.called))
        if not main.opening.now:
            day = long_day(main.opening.day)
            clock = f"{main.opening.clock:%H.%M}" if main.opening.clock else ""
            key = "told_opens_clock" if clock else "told_opens"
            said.append(self._phrases.say(key, unit=main.unit.called, day=day, clock=clock))
        if route.parts:
            units = _listed([share.unit.called for share in route.parts])
            said.append(self._phrases.say("told_parts", unit=main.unit.called, units=units))
        if no_mail:
            said.append(self._phrases.say("told_no_mail"))
        return tuple(said)

    def sent_on(self, topic_id: str, unit: str, where: str) -> str:
        """Return where a visitor is sent on to; `where` is `chat` or `page`: how they ask the unit all the same."""
        topic = self._knowledge.topics[topic_id]
        reach = self._reach(topic.authority)
        sent = self._phrases.say("sent_on", authority=topic.authority.name, topic=topic.title, reach=reach)
        return f"{sent} {self._phrases.say(f'sent_on_{where}', unit=unit)}"

    def _reach(self, authority: Authority) -> str:
        key = "reach_phone" if authority.phone else "reach_link"
        return self._phrases.say(key, url=authority.url, phone=authority.phone)

    def _because(self, share: Share, plan: str = "") -> List[str]:
        own = share.instead_of or share.unit
        if share.because:
            return [share.because]
        titles = [self._knowledge.title(topic) for topic in share.topics]
        if share.reason == "topic":
            if len(titles) > 1:
                topics = _listed([f"»{title}«" for title in titles])
                return [self._phrases.say("topics", unit=own.name, topics=topics)]
            return [self._phrases.say("topic", unit=own.name, topic="".join(titles))]
        if share.reason == "default":
            return [self._phrases.say("default", unit=own.name)]
        topic = self._knowledge.get(share.topics[0]) if share.topics else None
        return [
            self._phrases.say(
                share.reason,
                unit=own.called,
                topic=titles[0] if titles else "",
                authority=topic.authority.name if topic else "",
                plan=self._plan_titles.get(plan, plan),
            )
        ]

    def _circumstances(self, share: Share) -> List[str]:
        said = []
        if share.instead_of and share.away_until:
            day = long_day(share.away_until)
            said.append(
                self._phrases.say("away", away=share.instead_of.called, day=day, unit=share.unit.called)
            )
        elif share.instead_of:
            said.append(self._phrases.say("full", away=share.instead_of.called, unit=share.unit.called))
        if share.slow:
            said.append(self._phrases.say("slow", unit=share.unit.called))
        return said


def _listed(items: Sequence[str]) -> str:
    """Return »a, b og c«."""
    return " og ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
