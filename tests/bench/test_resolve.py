from bench.resolve import measure, names


def test_names_are_as_many_as_wanted_and_the_same_each_time() -> None:
    assert list(names(50)) == list(names(50))
    assert len({name.key for name in names(50)}) == 50


def test_resolving_is_measured() -> None:
    assert measure(200)["entities"] > 100
