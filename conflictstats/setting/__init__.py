"""When and where: binds the periods and places of a text to its figures."""

from conflictstats.setting.reader import (
    read_setting as read_setting,
)
