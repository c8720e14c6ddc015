from . import charts as charts
from .codebook import load_codebook as load_codebook
from .compare import compare as compare
from .corpus import Corpus as Corpus
from .corpus import extract as extract
from .corpus import load as load
from .corpus import load_text as load_text
from .errors import ArticleError as ArticleError
from .errors import CodebookError as CodebookError
from .errors import ConflictstatsError as ConflictstatsError
from .errors import ReportError as ReportError
from .errors import TableError as TableError
from .quantities import quantities as quantities
from .report import report as report

__all__: list[str]
