from broadsheet.commands.progress import shown_progress


def test_a_verbose_build_names_each_stage_once_when_it_begins(capsys):
    with shown_progress(verbose=True) as progress:
        for stage, done in (("reading", 1), ("reading", 2), ("writing", 0), ("writing", 1)):
            progress(stage, done, 2)
    assert capsys.readouterr().err == "reading\nwriting\n"


def test_work_that_is_soon_done_shows_no_bar(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with shown_progress(after=60) as progress:
        progress("checks", 1, 2)
    assert capsys.readouterr().err == ""


def test_long_work_shows_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with shown_progress() as progress:
        progress("checks", 1, 2)
    assert "checks" in capsys.readouterr().err
