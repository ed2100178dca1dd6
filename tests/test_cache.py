"""The cache that is never staler than the last commit."""

from __future__ import annotations

from petitbleu.cache import Cache


def test_what_is_kept_is_found_until_it_changes() -> None:
    cache: Cache[int, str] = Cache(10)
    assert cache.keep(1, "a", cache.generation)
    assert (cache.get(1), cache.get(2)) == ("a", None)
    with cache.changing([1]):
        assert cache.get(1) is None
    assert cache.get(1) is None


def test_what_was_read_before_a_change_is_not_kept_during_or_after_it() -> None:
    cache: Cache[int, str] = Cache(10)
    before = cache.generation
    with cache.changing([1]):
        assert not cache.keep(1, "old", before)
        during = cache.generation
        assert not cache.keep(1, "old", during)
        assert cache.keep(2, "of another", during)
    assert not cache.keep(1, "old", before)
    assert not cache.keep(1, "old", during)
    assert cache.keep(1, "new", cache.generation)


def test_two_changes_of_one_key_may_overlap() -> None:
    cache: Cache[int, str] = Cache(10)
    first, second = cache.changing([1]), cache.changing([1])
    with first:
        with second:
            pass
        assert not cache.keep(1, "old", cache.generation)
    assert cache.keep(1, "new", cache.generation)


def test_a_failed_change_is_an_ended_one() -> None:
    cache: Cache[int, str] = Cache(10)
    try:
        with cache.changing([1]):
            raise ValueError
    except ValueError:
        pass
    assert cache.keep(1, "a", cache.generation)


def test_it_never_holds_more_than_its_limit() -> None:
    cache: Cache[int, int] = Cache(3)
    for key in range(10):
        cache.keep(key, key, cache.generation)
        assert len(cache.known) <= 3
    assert cache.get(9) == 9
