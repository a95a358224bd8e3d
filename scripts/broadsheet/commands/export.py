"""`broadsheet export`."""

from pathlib import Path

import click


@click.command(name="export")
@click.argument("package", type=click.Path(path_type=Path))
@click.option("--xlsx", type=click.Path(path_type=Path), required=True, help="The workbook to write.")
@click.option("--table", "tables", multiple=True, help="A table to write; may be repeated. [default: all]")
@click.option("--force", is_flag=True, help="Overwrite a workbook that is there.")
@click.option("--no-verify", is_flag=True, help="Do not check the hashes of the tables' files first.")
def command(package: Path, xlsx: Path, tables: tuple[str, ...], force: bool, no_verify: bool) -> int:
    """Write a package as a workbook, for those who open spreadsheets.

    PACKAGE is a package's folder or its datapackage.json. Each table is a sheet; texts are only ever text, no cell
    is a formula or a link. What does not fit a sheet or a cell is continued in further ones, and said to be so.

    \b
    Examples:
        broadsheet export build/package --xlsx sample.xlsx
        broadsheet export build/package --xlsx claims.xlsx --table claims --table entities
    """
    from broadsheet.dataset import load
    from broadsheet.export import write_xlsx

    done = write_xlsx(load(package, engine="pyarrow", verify=not no_verify), xlsx, tables, force=force)
    for note, count in done.notes.items():
        click.echo(f"Note: {note} ({count:,})", err=True)
    rows = ", ".join(f"{count:,} {sheet}" for sheet, count in done.sheets.items())
    click.echo(f"Rows: {rows}", err=True)
    click.echo(f"Written: {xlsx}", err=True)
    return 0
