"""Read: old Word and WPS files, by LibreOffice where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from taizhang.errors import UnreadableInput
from taizhang.read.streams import Blob

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120


def as_docx(data: bytes, blob: Blob) -> io.BytesIO:
    """An old Word or WPS file as DOCX.

    Raises:
        UnreadableInput: ``not-converted``; the detail says what to install, or what the program said.
    """
    where = blob.origin.name
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        detail = (
            f"{where}: expected LibreOffice (the program soffice) to read an old Word or WPS file, found none"
        )
        raise UnreadableInput("not-converted", f"{detail}; install it, or save the file as DOCX")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.doc"
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            detail = f"{where}: LibreOffice took longer than {SECONDS} s"
            raise UnreadableInput("not-converted", detail) from error
        made = source.with_suffix(".docx")
        if not made.is_file():
            said = done.stderr.decode("utf-8", "replace").strip()[:200]
            raise UnreadableInput("not-converted", f"{where}: LibreOffice made no DOCX of it: {said}")
        return io.BytesIO(made.read_bytes())
