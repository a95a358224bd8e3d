"""The command `broadsheet`: finds the commands, and is the one boundary where errors become exit codes."""

import difflib
import importlib
import sys

import click

from broadsheet import __version__
from broadsheet.errors import BroadsheetError
from broadsheet.interrupts import ending_cleanly

COMMANDS = (
    "init",
    "build",
    "validate",
    "baseline",
    "verify",
    "diff",
    "package",
    "publish",
    "versions",
    "withdraw",
    "pull",
    "export",
    "entities",
    "parse",
)
"""Commands in the order in which a newcomer meets them; each is a module of `commands` with a `command`."""


class _Commands(click.Group):
    """A group that imports a command only when it is asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"broadsheet.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; where there is none, the message says which name is near."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if near := difflib.get_close_matches(args[0], COMMANDS, 1):
                raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from None
            raise


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="broadsheet")
def cli() -> None:
    """Compile raw news articles into a validated, versioned Data Package.

    \b
    A first dataset from a folder of article files:
        broadsheet build --raw articles/ --out package/
        broadsheet validate package/

    \b
    A dataset of your own, to be kept under version control:
        broadsheet init my-dataset --from articles/
        broadsheet build my-dataset
    """


def main() -> None:
    """Run the command line and end the process with the command's exit code.

    0 fine; 1 findings in the data; 2 wrong usage, or the project's own configuration; 3 something cannot be read,
    written or verified; 130 interrupted. Anything else is a bug and shows its traceback.
    """
    with ending_cleanly():
        sys.exit(_code())


def _code() -> int:
    """The exit code of the command line, after whatever went wrong has been told."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BroadsheetError as error:
        click.echo(f"Error: {error}", err=True)
        if error.tip:
            click.echo(f"Tip: {error.tip}", err=True)
        code = error.exit_code
    except click.Abort as abort:
        raise abort.__cause__ or KeyboardInterrupt from None
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    return code if isinstance(code, int) else 0
