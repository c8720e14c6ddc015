"""`codebook/*.toml` → one frozen `Codebook`, which refuses by name what it does not understand.

Data live in the files, rules in the code. Each file opens with its own grammar. A user's own folder
may replace any file: `load_codebook("my_codebook/")` takes the files that are there and the shipped
ones for the rest.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from conflictstats.errors import CodebookError

SHIPPED = Path(__file__).parent / "codebook"


class Entry(BaseModel):
    """Base of all entries: frozen, and no key that the grammar does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
