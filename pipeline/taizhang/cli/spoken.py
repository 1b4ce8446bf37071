"""The commands' room: help and faults of use in the user's language; typer has no place of its own for that."""

from __future__ import annotations

import os
import re
from functools import partial
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from taizhang.messages import _, language, speaking, told

_LINE_END_INSIDE = re.compile(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])")  # no blank stands for it in Chinese


def _head_as_spoken(formatter: Any) -> Any:
    """A formatter whose headings end with the colon of the user's language."""

    def write_heading(heading: str) -> None:
        formatter.write(f"{'':>{formatter.current_indent}}{_('{heading}:').format(heading=heading)}\n")

    formatter.write_heading = write_heading
    return formatter


class _Spoken:
    """A command whose usage line and headings are in the user's language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line after "Usage:"."""
        found = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        pieces = [piece.translate({ord("{"): None, ord("}"): None}) for piece in found]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, the headings in the user's language."""
        super().format_help(ctx, _head_as_spoken(formatter))  # type: ignore[misc]

    def get_usage(self, ctx: Any) -> str:
        """The line after "Usage:"."""
        return told(super().get_usage(ctx))  # type: ignore[misc]


class Command(_Spoken, TyperCommand):
    """One of the commands."""


class SpokenGroup(_Spoken, TyperGroup):
    """The command of all commands: it sets the language, and translates what typer was given in English."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run in the language of the locale."""
        with speaking(language(os.environ)):
            _translate(self)
            return super().main(*args, **kwargs)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, with its help in the user's language."""
        command = super().get_command(ctx, cmd_name)
        if command:
            _translate(command)
        return command

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a fault of use is told in the user's language."""
        try:
            return super().invoke(ctx)
        except _UsageError as error:
            error.message = told(error.message)
            message = told(error.format_message())
            vars(error)["format_message"] = lambda: message
            if type(error).show is _UsageError.show:  # that without any arguments shows the help alone
                vars(error)["show"] = partial(_show, error)
            raise


def _show(error: Any, file: Any = None) -> None:
    """What typer prints of a fault of use, all of it in the user's language."""
    if error.ctx is not None:
        typer.echo(error.ctx.get_usage(), err=True)
        if error.ctx.command.get_help_option(error.ctx) is not None:
            command = f"{error.ctx.command_path} {error.ctx.help_option_names[0]}"
            typer.echo(_("Try '{command}' for help.").format(command=command) + "\n", err=True)
    typer.echo(_("Error: {message}").format(message=error.format_message()), err=True)


_UsageError: Any = typer.BadParameter.__base__  # typer exports no other name for it


def _translate(command: Any) -> None:
    command.help = _LINE_END_INSIDE.sub("", _(command.help or ""))
    command.epilog = told(command.epilog or "")
    command.options_metavar = _("[OPTIONS]")
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
    help_option = command.get_help_option(typer.Context(command))
    for parameter in [*command.params, help_option]:
        parameter.help = _(parameter.help or "")
        if isinstance(
            parameter, TyperArgument
        ):  # its name and help say what it is; <list[Path]> says nothing
            vars(parameter)["display_type_rich"] = _untyped


def _untyped(ctx: Any) -> str:
    return ""
