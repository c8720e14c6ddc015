"""Years of articles as a Parquet dataset: what is new is extracted, what changed is replaced, the rest stands.

archive/
  archive.json                             which files there are, with rows and digests, and what read them last
  articles/month=2023-08/4f0c….parquet     the articles published in a month, with their texts
  claims/month=2023-08/91ab….parquet       their claims
  dates/month=2023-08/….parquet            those that a dates.csv re-dated
  rejects/….parquet                        what could not be read
  corrections.csv                          corrections of claims, applied when the archive is opened
  .pending-3/                              what an unfinished run has read so far

A file's name is a digest of its content, and only files that archive.json names count. A run reads in batches and
keeps each under `.pending-…`; at the end it makes the files of the months, and then replaces archive.json in one step.
So a reader sees the archive before a run or after it, and a run that is killed, at any moment, goes on where it was.

`store` puts files whole or not at all, in a folder or (by fsspec) in a bucket; `catalog` is archive.json; `staging`
keeps the batches, `merging` makes files of months of them, `keeping` is the run, `opening` reads.
"""

from conflictstats.archive.keeping import Kept, archive
from conflictstats.archive.opening import is_archive, open_tables

__all__ = ["Kept", "archive", "is_archive", "open_tables"]
