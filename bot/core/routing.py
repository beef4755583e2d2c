"""Which unit a case goes to, and why: docs/routing.md has the order in which things count. Nothing is refused."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Container, Dict, List, Mapping, Optional, Tuple

from bot.core.inquiries import Inquiry
from bot.core.opening import Opening, next_opening, promised
from bot.core.routing_rules import LARGEST, Rules
from bot.core.units import Municipality, Unit, Units

MOST_TOPICS = 30


@dataclass(frozen=True)
class Situation:
    """The moment a case comes (local time), the public holidays, and how many open cases each unit has."""

    at: datetime
    holidays: Container[date] = ()
    loads: Mapping[str, int] = field(default_factory=dict)

    def is_full(self, unit: Unit) -> bool:
        """Tell whether the unit has all the cases it can hold."""
        return unit.is_full(self.loads.get(unit.id, 0))


@dataclass(frozen=True)
class Share:
    """What one unit gets of a case.

    Attributes:
        unit: who gets it.
        reason: a key of the phrases under `routing`.
        topics: what of it; empty when nobody knows.
        because: the municipality's own sentence when a rule decided.
        instead_of: the unit whose case it is, when a deputy takes it.
        away_until: the last day of that unit's absence; None when it is full.
        slow: it has more cases than it can hold, and the answer may take longer.
        opening: when somebody reads it.
        answer_by: the date to expect an answer by.
    """

    unit: Unit
    reason: str
    opening: Opening
    answer_by: date
    topics: Tuple[str, ...] = ()
    because: str = ""
    instead_of: Optional[Unit] = None
    away_until: Optional[date] = None
    slow: bool = False


@dataclass(frozen=True)
class Route:
    """Where a case goes: the unit that answers it or keeps it together, and the parts that other units get."""

    main: Share
    parts: Tuple[Share, ...] = ()

    @property
    def unit(self) -> Unit:
        """The unit that the visitor hears from."""
        return self.main.unit

    @property
    def answer_by(self) -> date:
        """The date by which every part is to be answered."""
        return max(share.answer_by for share in (self.main, *self.parts))


@dataclass
class _Draft:
    """A unit's share before it is known who is there to take it."""

    unit: Unit
    reason: str
    topics: List[str] = field(default_factory=list)
    because: str = ""


def route(
    inquiry: Inquiry, units: Units, municipality: Municipality, rules: Rules, situation: Situation
) -> Route:
    """Choose the units for an inquiry. It never raises, and gives units that exist."""
    return _Routing(inquiry, units, municipality, rules, situation).result()


class _Routing:
    def __init__(
        self, inquiry: Inquiry, units: Units, here: Municipality, rules: Rules, situation: Situation
    ):
        topics = [topic for topic in dict.fromkeys(inquiry.topics) if units.covers(topic)]
        self._inquiry = replace(inquiry, topics=tuple(topics[:MOST_TOPICS]))
        self._units = units
        self._default = units.get(here.default_unit)
        self._rules = rules
        self._situation = situation

    def result(self) -> Route:
        drafts = self._drafts()
        main = self._coordinator(drafts)
        shares = [self._taken(draft) for draft in drafts if draft is not main]
        taken = self._taken(main)
        # Deputies can bring two shares to one unit: it gets one case.
        others: Dict[str, Share] = {}
        for share in shares:
            if share.unit.id == taken.unit.id:
                taken = replace(taken, topics=(*taken.topics, *share.topics))
            elif share.unit.id in others:
                known = others[share.unit.id]
                others[share.unit.id] = replace(known, topics=(*known.topics, *share.topics))
            else:
                others[share.unit.id] = share
        return Route(taken, tuple(others.values()))

    def _drafts(self) -> List[_Draft]:
        """Return who would get what, each unit once, in the order of the topics."""
        inquiry = self._inquiry
        sent_on = [topic for topic in inquiry.topics if topic in self._rules.sent_on]
        rest = [topic for topic in inquiry.topics if topic not in sent_on]
        found: Dict[str, _Draft] = {}
        for topic in rest:
            self._add(found, self._of_topic(topic))
            also = self._rules.rule(inquiry, topic, also=True)
            if also:
                self._add(found, _Draft(self._unit(also.unit), "rule", [topic], also.because))
        if not found and sent_on:
            # The visitor was sent on and wants to talk to the municipality all the same.
            self._add(found, _Draft(self._default, "state", sent_on))
        if not found:
            self._add(found, self._without_topic())
        return list(found.values())

    def _add(self, found: Dict[str, _Draft], draft: _Draft) -> None:
        known = found.setdefault(draft.unit.id, draft)
        if known is not draft:
            known.topics += [topic for topic in draft.topics if topic not in known.topics]

    def _of_topic(self, topic: str) -> _Draft:
        rule = self._rules.rule(self._inquiry, topic)
        if rule:
            return _Draft(self._unit(rule.unit), "rule", [topic], rule.because)
        return _Draft(self._units.for_topic(topic) or self._default, "topic", [topic])

    def _without_topic(self) -> _Draft:
        rule = self._rules.rule(self._inquiry, None)
        if rule:
            return _Draft(self._unit(rule.unit), "rule", [], rule.because)
        return _Draft(self._default, "default")

    def _coordinator(self, drafts: List[_Draft]) -> _Draft:
        """Return the draft that keeps the case together; one of its own is added when a unit without a part does."""
        wish = self._inquiry.wish if self._units.has(self._inquiry.wish) else ""
        if wish and len(drafts) == 1:
            # Asked for by name: the whole case is theirs, whatever the bot thinks it is about.
            wished = _Draft(self._units.get(wish), "wish", drafts[0].topics)
            drafts[:] = [wished]
            return wished
        if wish:
            return self._led_by(drafts, wish, "wish_several")
        if self._inquiry.plan:
            return self._led_by(drafts, self._rules.plan_coordinator or self._default.id, "plan")
        if len(drafts) == 1:
            return drafts[0]
        if self._rules.coordinator != LARGEST:
            return self._led_by(drafts, self._rules.coordinator, "several")
        # Of equal parts the one that was named first leads.
        largest = max(drafts, key=lambda draft: len(draft.topics))
        return self._led_by(drafts, largest.unit.id, "several")

    def _led_by(self, drafts: List[_Draft], unit_id: str, reason: str) -> _Draft:
        unit = self._unit(unit_id)
        found = next((draft for draft in drafts if draft.unit.id == unit.id), None)
        if found is None:
            if [draft.reason for draft in drafts] == ["default"]:
                drafts.clear()
            found = _Draft(unit, reason)
            drafts.append(found)
        found.reason, found.because = reason, ""
        return found

    def _unit(self, unit_id: str) -> Unit:
        return self._units.get(unit_id) if self._units.has(unit_id) else self._default

    # who is there to take it

    def _taken(self, draft: _Draft) -> Share:
        unit, until = self._present(draft.unit)
        slow = False
        if self._situation.is_full(unit):
            helper = self._helper(unit)
            slow, unit, until = helper is None, helper or unit, until if helper is None else None
        opening = next_opening(unit, self._situation.at, self._situation.holidays)
        return Share(
            unit=unit,
            reason=draft.reason,
            opening=opening,
            answer_by=promised(unit, self._situation.at, opening, self._situation.holidays),
            topics=tuple(draft.topics),
            because=draft.because,
            instead_of=draft.unit if unit is not draft.unit else None,
            away_until=until,
            slow=slow,
        )

    def _present(self, unit: Unit) -> Tuple[Unit, Optional[date]]:
        """Return the unit, or whoever stands in for it while it is away, and the last day of that.

        With nobody to stand in it keeps the case, and the promised date waits until it is back.
        """
        first, asked = self._away_until(unit), {unit.id}
        if first is None:
            return unit, None
        candidate = unit
        while True:
            absence = candidate.absence_on(self._read_on(candidate))
            named = (absence.deputy if absence else "") or candidate.deputy
            if named in asked or not self._units.has(named):
                named = self._default.id
            if named in asked:
                return unit, None
            candidate = self._units.get(named)
            asked.add(candidate.id)
            if self._away_until(candidate) is None:
                return candidate, first

    def _helper(self, unit: Unit) -> Optional[Unit]:
        """Return who takes the cases of a unit that is full: nobody when it wants to keep them, or they cannot."""
        named = unit.deputy if self._units.has(unit.deputy) else self._default.id
        if unit.full != "deputy" or named == unit.id:
            return None
        helper = self._units.get(named)
        free = not self._situation.is_full(helper) and self._away_until(helper) is None
        return helper if free else None

    def _read_on(self, unit: Unit) -> date:
        return next_opening(unit, self._situation.at, self._situation.holidays, away=False).day

    def _away_until(self, unit: Unit) -> Optional[date]:
        absence = unit.absence_on(self._read_on(unit))
        return absence.last if absence else None
