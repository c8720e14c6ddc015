"""Parameters of notebooks: names and types checked before anything runs.

papermill only warns about a name that a notebook does not have, and takes any value for any type.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflictstats.errors import ParameterError

if TYPE_CHECKING:
    from nbformat import NotebookNode

Known = dict[str, tuple[str, Any]]  # name → type's name, default

_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


def known(notebook: NotebookNode) -> Known:
    """The parameters of a notebook, from its cell tagged `parameters`: type and default."""
    import papermill  # type: ignore[import-untyped]

    found: Known = {}
    for name, parameter in papermill.inspect_notebook(notebook).items():
        try:
            default = ast.literal_eval(parameter["default"])
        except (ValueError, SyntaxError):
            default = None
        kind = parameter["inferred_type_name"]
        if kind in (None, "", "None"):
            kind = type(default).__name__ if default is not None else ""
        found[name] = (kind, default)
    return found


def chosen(given: Mapping[str, Any], notebooks: Mapping[str, Known]) -> dict[str, dict[str, Any]]:
    """What each notebook gets of the parameters given: those that it has, in the type that it asks for.

    Raises:
        ParameterError: no notebook has a parameter of that name, or the value is of another type.
    """
    for name in given:
        if not any(name in parameters for parameters in notebooks.values()):
            raise ParameterError(_unknown(name, notebooks))
    return {
        notebook: {
            name: fitted(name, value, parameters[name][0])
            for name, value in given.items()
            if name in parameters
        }
        for notebook, parameters in notebooks.items()
    }


def _unknown(name: str, notebooks: Mapping[str, Known]) -> str:
    every = sorted({known for parameters in notebooks.values() for known in parameters})
    near = difflib.get_close_matches(name, every, n=1, cutoff=0.5)
    meant = f" Did you mean {near[0]!r}?" if near else ""
    if not every:
        return (
            f"unknown parameter {name!r}: {', '.join(notebooks)} has none. Put them into one cell, tagged"
            " 'parameters'."
        )
    lists = "; ".join(f"{book} has {', '.join(own) or 'none'}" for book, own in notebooks.items())
    return f"unknown parameter {name!r}.{meant} {lists}."


def fitted(name: str, value: Any, kind: str) -> Any:
    """A value in the type that a parameter asks for; text, as a command line gives it, is read as that type.

    Raises:
        ParameterError: the value is of another type, or the text cannot be read.
    """
    value = _plain(value)
    base = kind.split("[")[0].strip().lower()
    if base == "str" and isinstance(value, str):
        return value
    if base == "bool":
        if isinstance(value, bool):
            return value
        if str(value).lower() in _YES | _NO:
            return str(value).lower() in _YES
    elif base in ("int", "float") and not isinstance(value, bool):
        if isinstance(value, int) or (base == "float" and isinstance(value, float)):
            return value
        if isinstance(value, str):
            try:
                return int(value) if base == "int" else float(value)
            except ValueError:
                pass
    elif base in ("list", "tuple", "dict"):
        read = _yaml(value) if isinstance(value, str) else value
        if isinstance(read, dict if base == "dict" else list):
            return read
    elif base not in ("str", "bool", "int", "float"):
        return value
    raise ParameterError(
        f"parameter {name!r} is of type {kind}; {value!r} ({type(value).__name__}) is none."
        f" {_cure(base, value)}"
    )


def _cure(base: str, value: Any) -> str:
    return {
        "str": f"In YAML, put it into quotes: {str(value)!r}.",
        "bool": "Write true or false.",
        "int": "Write a whole number.",
        "float": "Write a number, with a point for decimals.",
        "dict": "Write it as YAML: '{name: value}'.",
    }.get(base, "Write it as YAML: '[one, two]'.")


def _plain(value: Any) -> Any:
    """Dates, paths and tuples as what papermill can write into a notebook."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


def _yaml(text: str) -> Any:
    import yaml

    try:
        return _plain(yaml.safe_load(text))
    except yaml.YAMLError:
        return None
