"""What comes with the package, printed or unpacked: ``sample``, ``schema``, ``version``."""

from __future__ import annotations

import json
import shutil
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly import __version__
from reportedly.cli.running import DONE, print_line, tree
from reportedly.errors import ConfigurationError
from reportedly.export import lines

if TYPE_CHECKING:
    from reportedly.cli.options import Globals, SampleOptions, SchemaOptions


def sample(common: Globals, options: SampleOptions) -> int:
    """Unpack the sample case."""
    tree(common)
    unpack(options.folder)
    print_line(f"{options.folder}: try  reportedly add {options.folder / 'case'} --case sample.db")
    return DONE


def schema(_: Globals, options: SchemaOptions) -> int:
    """Print a JSON Schema."""
    print_line(json.dumps(lines.schema(options.kind), indent=2, ensure_ascii=False))
    return DONE


def version(_: Globals, __: object) -> int:
    """Print the version."""
    print_line(f"reportedly {__version__}")
    return DONE


def unpack(folder: Path) -> None:
    """Copy the bundled sample to ``folder``, which may hold an earlier copy.

    Raises:
        ConfigurationError: ``folder`` cannot be written.
    """
    try:
        _copy(resources.files("reportedly") / "sample", folder)
    except OSError as error:
        raise ConfigurationError([f"cannot write the sample to {folder}: {error.strerror}"]) from error


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        elif not entry.name.endswith((".py", ".pyc")):
            with entry.open("rb") as read, (target / entry.name).open("wb") as written:
                shutil.copyfileobj(read, written)
