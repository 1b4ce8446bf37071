"""The load room's target: the database that a URL names, and what may be said of it: never its password."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from taizhang.errors import OutputError

_SCHEME = re.compile(r"(\w[\w+.-]*)://")
# What may stand before the host. A password with one of the characters left out would be read as something else,
# and then be told in a message as a host or a port.
_USER = re.compile(r"[^@:/?#\s]*(?::[^@:/?#\s]*)?")
_HOST = r"(?:\[[^\]@/?#\s]*\]|[^@:/?#,\[\]\s]*)(?::\d*)?"
_HOSTS = re.compile(f"{_HOST}(?:,{_HOST})*")
_CONNECT_SECONDS = 10
_EXAMPLE = "postgresql://USER@HOST:5432/DATABASE"


@dataclass(frozen=True, slots=True)
class Target:
    """A PostgreSQL database, and how messages call it.

    Attributes:
        url: as given; it may hold a password and goes into no message.
        name: host, port and database.
    """

    url: str
    name: str

    @classmethod
    def of(cls, url: str) -> Target:
        """The database of a URL.

        Raises:
            OutputError: it is no URL of PostgreSQL's, or one that could be read in two ways. No part of what may be
                a password is in the message.

        >>> Target.of("postgresql://eva:secret@db.example:5433/ledger").name
        'db.example:5433/ledger'
        """
        scheme = _SCHEME.match(url)
        if scheme is None or scheme[1] not in {"postgresql", "postgres"}:
            detail = f"a URL with {scheme[1]}://" if scheme else "no URL"
            raise OutputError(f"expected {_EXAMPLE}, got {detail}")
        user, _, rest = url[scheme.end() :].rpartition("@")
        hosts = re.split("[/?]", rest, maxsplit=1)[0]
        if not _USER.fullmatch(user):
            raise OutputError(
                f"expected {_EXAMPLE}: in a user's name or password @ : / ? # are written %40 %3A %2F %3F %23, "
                "or the password is left to PGPASSWORD or ~/.pgpass"
            )
        if not _HOSTS.fullmatch(hosts):
            raise OutputError(f"expected {_EXAMPLE}, got something else than HOST:PORT before the database")
        try:
            known = conninfo_to_dict(url)
        except psycopg.ProgrammingError:  # its message quotes what it could not read, be it the password
            raise OutputError(
                f"expected {_EXAMPLE}, got a URL with a wrong % or a parameter unknown to libpq"
            ) from None
        host = known.get("host") or os.environ.get("PGHOST") or "local socket"
        port = f":{known['port']}" if known.get("port") else ""
        database = known.get("dbname") or os.environ.get("PGDATABASE") or known.get("user") or "(default)"
        return cls(url, f"{host}{port}/{database}")

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        """One transaction in the database: committed when the block ends, undone when it fails.

        Raises:
            OutputError: the database cannot be reached, or refuses something; then nothing has changed.
        """
        try:
            with psycopg.connect(self._conninfo()) as connection, self.faults():
                yield connection
                connection.commit()
        except psycopg.OperationalError as error:
            reason = " ".join(str(error).split())
            raise OutputError(f"{self.name}: expected a PostgreSQL server to answer, got {reason}") from None

    def _conninfo(self) -> str:
        said = "connect_timeout" in conninfo_to_dict(self.url) or "PGCONNECT_TIMEOUT" in os.environ
        patience = {} if said else {"connect_timeout": _CONNECT_SECONDS}
        return make_conninfo(self.url, client_encoding="UTF8", **patience)  # whatever PGCLIENTENCODING says

    @contextmanager
    def faults(self) -> Iterator[None]:
        """What the server refuses as our own exception, with what to do about it."""
        try:
            yield
        except psycopg.errors.LockNotAvailable as error:
            raise OutputError(
                f"{self.name}: expected a ledger that nobody else changes now, but it is in use; nothing was changed"
            ) from error
        except psycopg.errors.InsufficientPrivilege as error:
            raise OutputError(
                f"{self.name}: {_said(error)}; nothing was changed. The user needs CREATE on the schema and TEMPORARY "
                "on the database; a schema of its own is named by ?options=-csearch_path%3DNAME"
            ) from error
        except psycopg.Error as error:
            raise OutputError(f"{self.name}: {_said(error)}; nothing was changed") from error


def _said(error: psycopg.Error) -> str:
    """What the server, or the library, says of a fault, on one line."""
    parts = (error.diag.message_primary, error.diag.message_detail)
    return " ".join(". ".join(part for part in parts if part).split()) or " ".join(str(error).split())
