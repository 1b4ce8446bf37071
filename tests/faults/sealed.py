"""The commands in a process that may not do what the program never does: it ends where one tries.

Words: the folder that may be written to, then commands (``run …``, ``clean …``) divided by ``--and--``.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from pathlib import Path

NEVER = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "pickle.",
    "urllib.",
    "http.",
)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
RELATIVE = ("os.remove", "os.rmdir")  # their last argument may be the open folder that the path is in
CHANGES = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.truncate",
    "os.link",
    "os.symlink",
    "shutil.",
)


def seal(allowed: tuple[str, ...]) -> None:
    """From now on a socket, another program, a pickle or a file written outside ``allowed`` ends the process."""

    def look(event: str, args: tuple[object, ...]) -> None:
        if event.startswith(NEVER) and not _asks_for_ipv6(event, args):
            _end(f"{event} {args!r}")
        written = event == "open" and isinstance(args[2], int) and args[2] & WRITES
        if (written or event.startswith(CHANGES)) and isinstance(args[0], str | bytes | os.PathLike):
            folder = args[-1] if event in RELATIVE and isinstance(args[-1], int) and args[-1] >= 0 else None
            base = os.readlink(f"/proc/self/fd/{folder}") if folder is not None else ""
            path = os.path.realpath(os.path.join(base, os.fsdecode(args[0])))
            if not path.startswith(allowed) and path != os.devnull:
                _end(f"{event} {path}")

    sys.addaudithook(look)


def _asks_for_ipv6(event: str, args: tuple[object, ...]) -> bool:
    """What urllib3, which spaCy imports, does to learn whether the machine has IPv6: nothing is sent to anybody."""
    made = event == "socket.__new__" and args[1:3] == (socket.AF_INET6, socket.SOCK_STREAM)
    return made or (event == "socket.bind" and args[1] == ("::1", 0))


def _end(what: str) -> None:
    os.write(2, f"forbidden: {what}\n".encode("utf-8", "backslashreplace"))
    os._exit(99)


def main(folder: str, *words: str) -> None:
    import typer  # noqa: PLC0415 - after the seal

    from taizhang.cli import app  # noqa: PLC0415

    commands: list[list[str]] = [[]]
    for word in words:
        if word == "--and--":
            commands.append([])
        else:
            commands[-1].append(word)
    for command in commands:
        code = typer.main.get_command(app).main(command, standalone_mode=False)
        if code:
            sys.exit(f"{command[0]}: {code}")


if __name__ == "__main__":
    root = os.path.realpath(sys.argv[1])
    tempfile.tempdir = str(Path(root) / "tmp")
    Path(tempfile.tempdir).mkdir(exist_ok=True)
    seal((root,))
    main(*sys.argv[1:])
