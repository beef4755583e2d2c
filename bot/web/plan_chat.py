"""A plan in the chat: one question at a time, as buttons and in one's own words, then a summary and its page.

What has been answered so far stands in the payloads of the buttons that were offered, and so in the transcript: nothing
more is stored, and it goes when the conversation goes. See docs/adr/0017.
"""

import re
from dataclasses import replace
from typing import Dict, Iterable, List, NamedTuple, Optional, Sequence, Tuple
from urllib.parse import parse_qsl

from bot.bootstrap import Services
from bot.core.conversations import Choice, Message, Reply, Role
from bot.core.deciding import PERSON
from bot.core.errors import NotFound
from bot.core.plans.asking import still_to_ask
from bot.core.plans.plan import Plan, Question
from bot.core.plans.summing_up import summary
from bot.web.plan_address import NOW, Wishes, address, all_pairs, wishes
from bot.web.plan_pages import PlanPages
from bot.web.plan_texts import PlanTexts

_ROOM = "/plan/"
_ADDRESS = re.compile(r"/plan/[a-z0-9_]+(?:\?[^\s»]*)?")
# What a conversation told long ago counts less than an answer that does not come.
_MOST_READ = 20
# What the bot says when it has not understood; keys of `answer` in data/phrases.yml.
_NOT_UNDERSTOOD = ("rephrase", "search_hits", "search_empty", "offer_person")


class _Talk(NamedTuple):
    """Where the conversation stands with a plan: the plan, what was answered, and what the last reply was."""

    plan: Plan
    wished: Wishes
    asking: bool
    begun: bool
    """Questions were asked before: not a mere offer."""


class PlanChat:
    """Asks a plan's questions in the chat."""

    def __init__(self, services: Services, pages: PlanPages):
        self._services = services
        self._planner = services.planner
        self._pages = pages
        self._texts: PlanTexts = pages.texts
        self._phrases = services.content.phrases["plan"]
        self._errors = services.content.phrases["errors"]
        answers = services.content.phrases["answer"]
        self._not_understood = {answers.say(key) for key in _NOT_UNDERSTOOD}

    def answer(self, before: Sequence[Message], command: str) -> Optional[List[Reply]]:
        """Return the plan's next words, or None when the message is not for the plan.

        Args:
            before: the conversation up to the message.
            command: what was written, or the payload of a button.
        """
        if command.startswith(_ROOM):
            return self._tapped(before, command)
        reader = self._texts.reader
        talk = self._standing(before)
        if reader.says("resume", command):
            known = talk or self._newest(before)
            return self._next(known.plan, known.wished) if known else None
        if talk is None:
            return None
        if not talk.begun:
            accepted = reader.says("accept", command)
            return self._begin(talk.plan, self._told(talk.plan, before, talk.wished)) if accepted else None
        if talk.asking and reader.says("stop", command):
            return [self._reply("chat_stopped", [self._continue(talk.plan, talk.wished)])]
        if reader.says("show", command):
            return self._summary(talk.plan, self._filled(talk.plan, talk.wished))
        if reader.asks(command):
            return None
        return self._written(talk, command)

    def beside(self, before: Sequence[Message], command: str, replies: Sequence[Reply]) -> List[Reply]:
        """Return the bot's replies with what was told in the plan that they offer, and the way back to an open plan."""
        replies = [self._offer(reply, before, command) for reply in replies]
        talk = self._standing(before)
        if talk is None or not talk.begun or not still_to_ask(talk.plan, talk.wished.answers):
            return replies
        if command.startswith("/") or self._texts.reader.asks(command):
            taken = talk.wished if command.startswith("/") else self._beside_a_question(talk, command)
        else:
            taken = talk.wished
            if talk.asking and all(reply.text in self._not_understood for reply in replies):
                return self._next(talk.plan, talk.wished, error="plan_unread")
        last = replies[-1]
        offers = any(choice.payload.startswith(_ROOM) for choice in last.choices)
        if offers or not (last.topic or last.clarify) or last.topic == PERSON:
            return replies
        return [*replies[:-1], self._with_choice(last, self._continue(talk.plan, taken))]

    def _tapped(self, before: Sequence[Message], payload: str) -> Optional[List[Reply]]:
        found = self._read(payload)
        if found is None:
            return None
        plan, tapped, now = found
        newest = self._newest(before)
        if newest and newest.plan.id == plan.id:
            tapped = _over(newest.wished, tapped, plan)
        wished = self._told(plan, before, tapped)
        if now:
            return self._summary(plan, self._filled(plan, wished))
        if self._newest_asked(before, plan):
            return self._next(plan, wished)
        return self._begin(plan, wished)

    def _written(self, talk: _Talk, text: str) -> Optional[List[Reply]]:
        open_before = still_to_ask(talk.plan, talk.wished.answers)
        # A bare yes to something else that the bot said is no answer to the plan's question.
        asked = open_before[0] if open_before and talk.asking else None
        taken = self._texts.take(talk.plan, talk.wished, text, asked)
        if taken.error == "plan_unread":
            return None
        return self._next(talk.plan, taken.wished, error=taken.error)

    def _beside_a_question(self, talk: _Talk, text: str) -> Wishes:
        """Return the wishes with what somebody answers who also asks, as in »ja, men hvad koster det?«."""
        statements = " ".join(
            part for part in re.findall(r"[^,.;!?\n]+[,.;!?\n]*", text) if not self._texts.reader.asks(part)
        )
        questions = still_to_ask(talk.plan, talk.wished.answers)
        if not statements.strip() or not questions:
            return talk.wished
        return self._texts.take(talk.plan, talk.wished, statements, questions[0]).wished

    def _begin(self, plan: Plan, wished: Wishes) -> List[Reply]:
        told = self._texts.told_sentence(plan, wished)
        return self._next(
            plan, wished, opening=[part for part in (told, self._phrases.say("chat_begin")) if part]
        )

    def _next(
        self, plan: Plan, wished: Wishes, *, opening: Iterable[str] = (), error: str = ""
    ) -> List[Reply]:
        questions = still_to_ask(plan, wished.answers)
        if not questions:
            replies = self._summary(plan, wished)
            wrong = [Reply(role=Role.BOT, text=self._errors.say(error))] if error else []
            return [*wrong, *replies]
        question = questions[0]
        parts = [*([self._errors.say(error)] if error else []), *opening]
        parts.append(f"{question.text} {question.help}".strip())
        if question.id in wished.leaning:
            parts.append(self._phrases.say("chat_yes_which"))
        return [Reply(role=Role.BOT, text="\n\n".join(parts), choices=self._choices(plan, wished, question))]

    def _choices(self, plan: Plan, wished: Wishes, question: Question) -> Tuple[Choice, ...]:
        found = []
        for button in self._pages.buttons(question, wished):
            after = replace(
                wished.without(question.id), answers={**wished.answers, question.id: button["id"]}
            )
            found.append(Choice(button["title"], address(plan, after)))
        return (*found, Choice(self._phrases.say("chat_show"), _now(plan, wished)))

    def _summary(self, plan: Plan, wished: Wishes) -> List[Reply]:
        view = self._pages.view(plan, wished)
        text = summary(view, wished.answers, address(plan, wished), self._phrases)
        return [Reply(role=Role.BOT, text=text, choices=(self._services.assistant.person_choice(),))]

    def _offer(self, reply: Reply, before: Sequence[Message], command: str) -> Reply:
        """Put what was told into the plan that a reply offers."""
        offered = next((choice for choice in reply.choices if choice.payload.startswith(_ROOM)), None)
        found = self._read(offered.payload) if offered else None
        if offered is None or found is None:
            return reply
        plan, wished = found[0], found[1]
        title = offered.title
        newest = self._newest(before)
        if newest and newest.begun and newest.plan.id == plan.id:
            # Offered anew in the middle of it: nothing that was answered is lost.
            wished, title = newest.wished, self._phrases.say("chat_continue")
        wished = self._told(plan, before, wished, command)
        link = address(plan, wished)
        key = self._planner.offer_key(plan)
        plain = self._phrases.say(key, link=offered.payload)
        more = [self._texts.told_sentence(plan, wished)]
        wrong = "" if command.startswith("/") else self._texts.wrong_day(command)
        more.append(self._errors.say(wrong) if wrong else "")
        text = reply.text.removesuffix(plain) + "\n\n".join(
            part for part in (*more, self._phrases.say(key, link=link)) if part
        )
        choices = tuple(
            replace(one, title=title, payload=link) if one == offered else one for one in reply.choices
        )
        return replace(reply, text=text, choices=choices)

    def _standing(self, before: Sequence[Message]) -> Optional[_Talk]:
        """Return the plan that the last replies are about."""
        last: List[Reply] = []
        for message in reversed(before):
            if message.role is Role.VISITOR:
                break
            last.insert(0, message.reply)
        return next((talk for talk in map(self._of, reversed(last)) if talk), None)

    def _newest(self, before: Sequence[Message]) -> Optional[_Talk]:
        replies = (message.reply for message in reversed(before) if message.role is Role.BOT)
        return next((talk for talk in map(self._of, replies) if talk), None)

    def _newest_asked(self, before: Sequence[Message], plan: Plan) -> bool:
        """Tell whether the plan's questions have been asked in the conversation."""
        return any(
            talk is not None and talk.asking and talk.plan.id == plan.id
            for talk in (self._of(message.reply) for message in before if message.role is Role.BOT)
        )

    def _of(self, reply: Reply) -> Optional[_Talk]:
        """Return what a reply says about a plan: a question, an offer, the way back, or a summary."""
        for choice in reversed(reply.choices):
            found = self._read(choice.payload)
            if found:
                plan, wished, now = found
                offered = choice.title == self._phrases.say("offer_choice")
                return _Talk(plan, wished, asking=now, begun=not offered)
        linked = _ADDRESS.search(reply.text) if not reply.topic else None
        found = self._read(linked.group()) if linked else None
        return _Talk(found[0], found[1], asking=False, begun=True) if found else None

    def _read(self, payload: str) -> Optional[Tuple[Plan, Wishes, bool]]:
        """Return the plan and the wishes that an address has, and whether the plan is wanted at once."""
        path, _, behind = payload.partition("?")
        if not path.startswith(_ROOM):
            return None
        try:
            plan = self._planner.get(path[len(_ROOM) :])
        except NotFound:
            return None
        sent: Dict[str, str] = dict(parse_qsl(behind))
        now = sent.pop(NOW, "") == "1"
        return plan, wishes(plan, sent.get, self._services.today(), self._texts.known_place), now

    def _told(self, plan: Plan, before: Sequence[Message], wished: Wishes, command: str = "") -> Wishes:
        """Return the wishes with what the visitor wrote before, buttons left out."""
        titles = {choice.title for message in before for choice in message.reply.choices}
        written = [message.text for message in before if message.role is Role.VISITOR]
        texts = [text for text in written[-_MOST_READ:] if text not in titles]
        if command and not command.startswith("/"):
            texts.append(command)
        return self._texts.told(plan, texts, wished)

    def _filled(self, plan: Plan, wished: Wishes) -> Wishes:
        """Return the wishes with doubt for every open question."""
        found = self._read(_now(plan, wished))
        if found is None:
            return wished
        sent = dict([*all_pairs(wished), (NOW, "1")])
        return wishes(plan, sent.get, self._services.today(), self._texts.known_place)

    def _continue(self, plan: Plan, wished: Wishes) -> Choice:
        return Choice(self._phrases.say("chat_continue"), address(plan, wished))

    def _with_choice(self, reply: Reply, choice: Choice) -> Reply:
        return replace(reply, choices=(choice, *reply.choices))

    def _reply(self, key: str, choices: Iterable[Choice]) -> Reply:
        return Reply(role=Role.BOT, text=self._phrases.say(key), choices=tuple(choices))


def _now(plan: Plan, wished: Wishes) -> str:
    return f"{address(plan, wished)}{'&' if all_pairs(wished) else '?'}{NOW}=1"


def _over(newest: Wishes, tapped: Wishes, plan: Plan) -> Wishes:
    """Return the newest wishes with those of a button over them: an old button changes its answer, and no later one."""
    answers = {**newest.answers, **tapped.answers}
    return replace(
        tapped,
        answers={question.id: answers[question.id] for question in plan.questions if question.id in answers},
        leaning=(newest.leaning | tapped.leaning) - set(answers),
        start=tapped.start or newest.start,
        opening=tapped.opening or newest.opening,
        place=tapped.place or newest.place,
        told=(newest.told | tapped.told) - (set(tapped.answers) - tapped.told),
    )
