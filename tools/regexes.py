"""How the time of every regular expression grows with what it searches: `make regexes`.

Each pattern that is compiled while the package is imported and reads the sample articles is timed on strings made to
make it turn back: units of its own literals and of common characters, repeated, with an end that fits nothing. Time may
grow with a power of the length, since a sentence has up to 1,500 characters; what takes a second at that length, or
grows so fast that it does not come to it, is catastrophic backtracking, and the exit code is 1.
"""

from __future__ import annotations

import itertools
import re
import signal
import string
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LENGTHS = (20, 40, 200, 750, 1500)
RUN = 200  # characters
SLOW = 1.0  # seconds, at 1,500 characters
NOTED = 0.05
UNITS = [*string.digits[:2], *"aA .,-–'\"“(\n\t:/%", "1,", "1 ", "a ", "A ", "Aa ", "a.", "A.", "1.", "12 and ", "one ", "hundred and ", "the ", "- ", ", and ", "of the ", "\n\n", " \n"]  # fmt: skip


def collect() -> dict[str, str]:
    """Patterns of the package, each with the file that compiles it."""
    found: dict[str, str] = {}
    compiled: Any = re._compile  # type: ignore[attr-defined]  # every function of re goes through it

    def noted(pattern: Any, flags: int) -> Any:
        frame = sys._getframe(1)
        while frame.f_code.co_filename == re.__file__ and frame.f_back is not None:
            frame = frame.f_back
        result = compiled(pattern, flags)
        if "conflictstats" in Path(frame.f_code.co_filename).parts and isinstance(result.pattern, str):
            place = f"{Path(frame.f_code.co_filename).parent.name}/{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
            found.setdefault((result.pattern, result.flags), place)  # type: ignore[call-overload]
        return result

    re._compile = noted  # type: ignore[attr-defined]
    import conflictstats as cs

    cs.load(ROOT / "seeds")
    cs.load(ROOT / "tests" / "gold" / "dev")
    re._compile = compiled  # type: ignore[attr-defined]
    return found


def units(pattern: str) -> list[str]:
    """What to repeat: common characters, and the pattern's own words alone and together."""
    own = list(dict.fromkeys(re.findall(r"(?<!\\)[A-Za-z]{2,}", pattern)))[:12]
    pairs = [f"{one} {other} " for one, other in itertools.pairwise(own)]
    return [*UNITS, *(f"{word} " for word in own), *own, *pairs]


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """As most of them are used: at one place, or over a run of what a sentence may have of it."""
    start = time.process_time()
    pattern.match(text)
    pattern.fullmatch(text)
    pattern.search(text[:RUN])
    return time.process_time() - start


def main() -> None:
    class TooLongError(Exception):
        pass

    def end(*_: object) -> None:
        raise TooLongError

    signal.signal(signal.SIGALRM, end)
    found = collect()
    bad, noted = [], []
    for (source, flags), place in found.items():  # type: ignore[misc]
        pattern = re.compile(source, flags)
        worst, unit_of_worst = 0.0, ""
        for unit in units(source):
            times = []
            try:
                signal.alarm(5)
                for length in LENGTHS:
                    times.append(seconds(pattern, unit * (length // len(unit)) + "\x01"))
            except TooLongError:
                times.append(5.0)
            finally:
                signal.alarm(0)
            if max(times) > worst:
                worst, unit_of_worst = max(times), unit
            if len(times) < len(LENGTHS) or times[-1] > SLOW:
                bad.append((place, source, unit, times))
                break
        if worst > NOTED:
            noted.append((worst, place, unit_of_worst, source))
    for worst, place, unit, source in sorted(noted, reverse=True):
        print(f"{worst:.2f} s for {LENGTHS[-1]} characters of {unit!r}: {place}: {source[:100]!r}")
    for place, source, unit, times in bad:
        print(f"CATASTROPHIC on {unit!r}: {' '.join(f'{t:.3f}' for t in times)} s: {place}: {source[:200]!r}")
    print(
        f"{len(found)} patterns; {len(noted)} take more than {NOTED} s; {len(bad)} backtrack catastrophically"
    )
    sys.exit(bool(bad))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
