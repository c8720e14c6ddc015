"""How many of the pairs that an editor would lay side by side are compared: `python tools/clusters.py`.

Counts over the clusters of tests/test_clusters.py, with the annotations as input (as typed into a table, and sent
through the stations behind the readers) and with what the library reads. CONFLICTSTATS_GOLD names the folder of the
annotated articles that are not ours to keep.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import test_clusters as editor


def main() -> None:
    clusters = {name: cluster for name, cluster in editor.CLUSTERS.items() if cluster.folder.exists()}
    print(f"{len(clusters)} clusters")
    for frame in ("typed", "piped", "extracted"):
        wanted = compared = right = inside = told = added = broken = false = 0
        for name, cluster in clusters.items():
            got = {pair: (verdict, odd) for pair, (verdict, odd, _) in editor.found(name, frame).items()}
            verdicts = {pair: got.get(pair, ("", False))[0] for pair in (*cluster.level, *cluster.inside)}
            wanted += len(cluster.level)
            compared += sum(verdicts[pair] in (*editor.LEVEL, "nested") for pair in cluster.level)
            right += sum(verdicts[pair] in verdict.split("|") for pair, verdict in cluster.level.items())
            inside += len(cluster.inside)
            told += sum(verdicts[pair] == "nested" for pair in cluster.inside)
            expected = {*cluster.level, *cluster.free}
            added += sum(v in editor.LEVEL and pair not in expected for pair, (v, _) in got.items())
            odd = {pair for pair, (_, contradiction) in got.items() if contradiction}
            broken += len(odd & set(cluster.broken))
            false += len(odd - set(cluster.broken))
        print(
            f"{frame}: {compared} of {wanted} pairs compared ({compared / wanted:.0%}), {right} with the verdict expected,"
            f" {added} more; {told} of {inside} told as inside; contradictions {broken} right, {false} wrong"
        )


if __name__ == "__main__":
    main()
