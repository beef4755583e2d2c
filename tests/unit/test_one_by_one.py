"""A job goes item by item: one that fails neither stops nor delays the others, and a round is never long."""

import logging

import pytest

from bot.core.errors import StorageUnavailable
from bot.core.one_by_one import OneByOne
from tests.servers import MovableClock


class Heap:
    """Items that go away when they are done; some cannot be."""

    def __init__(self, count, broken=(), error=None):
        self.items, self.broken, self.error = (
            list(range(count)),
            set(broken),
            error or ValueError("Anna Holm"),
        )
        self.tried = []
        self.clock = MovableClock()
        self.job = OneByOne("delete", str, self.clock, most=3)

    def find(self, most):
        return self.items[:most]

    def work(self, item):
        self.tried.append(item)
        if item in self.broken:
            raise self.error
        self.items.remove(item)
        return 1

    def round(self):
        found = self.job.round(self.find, self.work)
        return found.count, found.more, found.failing


def test_a_round_takes_so_many_and_says_that_there_is_more():
    heap = Heap(7)
    assert [heap.round() for _ in range(4)] == [(3, True, 0), (3, True, 0), (1, False, 0), (0, False, 0)]


def test_one_that_fails_is_left_alone_for_an_hour_and_the_others_go_on(caplog):
    heap = Heap(3, broken=[1])
    with caplog.at_level(logging.INFO):
        assert [heap.round(), heap.round()] == [(2, True, 1), (0, False, 1)]
    assert heap.tried == [0, 1, 2]
    assert caplog.messages == ["delete: 1 failed: ValueError"]
    heap.clock.move(minutes=59)
    heap.round()
    assert heap.tried == [0, 1, 2]
    heap.clock.move(minutes=1)
    heap.broken.clear()
    assert heap.round() == (1, False, 0)


def test_those_that_fail_stand_in_nobodys_way_however_many_stand_first():
    heap = Heap(9, broken=range(2, 8))
    for _ in range(4):
        heap.round()
        heap.clock.move(minutes=10)
    assert heap.items == [2, 3, 4, 5, 6, 7]


def test_when_all_fail_the_next_are_not_tried_at_once():
    assert Heap(9, broken=range(9)).round() == (0, False, 3)


@pytest.mark.parametrize(("broken", "tried"), [({0, 1, 2}, [0, 1]), ({1, 2}, [0, 1, 2]), ({2}, [0, 1, 2])])
def test_a_database_that_is_away_ends_the_round_and_is_held_against_no_item(broken, tried):
    heap = Heap(3, broken, StorageUnavailable())
    with pytest.raises(StorageUnavailable):
        heap.round()
    assert heap.tried == tried
    heap.broken = set()
    heap.round()
    assert heap.items == []


def test_one_that_takes_the_database_too_long_holds_up_none_of_the_others():
    heap = Heap(3, {0}, StorageUnavailable())
    assert heap.round() == (2, True, 1)
