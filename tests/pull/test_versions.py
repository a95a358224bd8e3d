"""`broadsheet versions` of a registry that is read by its address."""


def test_versions_are_listed_from_an_address(server, registry, here):
    registry.publish("1.1.0")
    done = here("versions", "floods", "--from", server.url)
    assert [line.split()[0] for line in done.out.splitlines()] == ["version", "1.1.0", "1.0.0"]


def test_versions_last_seen_are_listed_offline_and_that_is_said(server, here):
    here("versions", "floods", "--from", server.url)
    server.down = True
    done = here("versions", "floods", "--from", server.url)
    assert done.code == 0
    assert done.err.startswith("Offline (")
    assert "1.0.0" in done.out


def test_a_dataset_that_an_address_has_not_is_named(server, here):
    here("versions", "drought", "--from", server.url).refused(3, "there is no dataset drought")
