from broadsheet.commands.progress import shown_progress


def test_a_verbose_build_names_each_stage_once_when_it_begins(capsys):
    with shown_progress(verbose=True) as progress:
        for stage, done in (("reading", 1), ("reading", 2), ("writing", 0), ("writing", 1)):
            progress(stage, done, 2)
    assert capsys.readouterr().err == "reading\nwriting\n"
