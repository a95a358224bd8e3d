"""The option `--entities`: who finds the names."""

import click

entities_option = click.option(
    "--entities",
    metavar="NAME[:ARGUMENT]",
    help="Who finds the names: rules, or spacy:PIPELINE for a pipeline of spaCy [default: rules]. See docs/plugins.md.",
)
"""None where it is not given, so that the project's own setting holds."""
