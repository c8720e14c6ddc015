"""The documentation as a site: `make docs`. Sphinx with MyST, so that pages are Markdown and notebooks."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate

generate.main()

project = "conflictstats"
author = "the conflictstats developers"
copyright = author
version = release = version_of("conflictstats")

extensions = ["myst_nb"]
# Outputs are those that the tests compare; nothing runs when the site is built.
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "schedules"]
nitpicky = True

html_theme = "furo"
html_title = "conflictstats"
html_show_copyright = False
html_copy_source = False
html_show_sphinx = False
