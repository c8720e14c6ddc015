"""One family of errors. Each message says what came, what was possible, and what to do."""


class ConflictstatsError(Exception):
    """Anything that conflictstats refuses; catch this one to catch them all."""


class ArticleError(ConflictstatsError):
    """One article (or file of articles) cannot be read. The reader turns it into a reject and goes on."""


class OptionError(ArticleError):
    """Articles were to be read with an option that makes no sense; none was read."""


class CodebookError(ConflictstatsError):
    """A codebook file breaks its own grammar; the message names file, entry and cure."""


class TableError(ConflictstatsError):
    """A table lacks columns, or holds values, that its contract asks for or forbids."""


class CorrectionError(ConflictstatsError):
    """A `corrections.csv`, or a correction to be written, cannot be understood; with file, line and cure."""


class ReportError(ConflictstatsError):
    """A report cannot be run: an unknown notebook or parameter, or a run that failed."""


class ParameterError(ReportError):
    """A report was asked for with a notebook or parameter that is not there, or a value of the wrong type."""


class BusyError(ReportError):
    """Another run is writing into the same folder of reports."""


class KernelDiedError(ReportError):
    """A notebook's kernel was killed or crashed: out of memory, most often."""


class OvertimeError(ReportError):
    """A cell, or the whole run, took longer than it was given."""


class StorageError(ReportError):
    """Reports cannot be written: a full disk, or a folder that is shut."""


class EngineError(ConflictstatsError):
    """An engine was asked for that there is not, or one that is not installed."""


class WorkerError(ConflictstatsError):
    """A process that read articles was killed or crashed."""
