"""What the tests of entities share."""


def only(entities):
    """Return the one entity there is; fails when there is none, or another beside it."""
    found = list(entities)
    assert len(found) == 1, found
    return found[0]
