"""Reports every morning on what arrived since the last good run: a DAG for Airflow 2.9 or newer, and 3.

Put it into the folder of DAGs and set the two Variables. conflictstats keeps its own environment, so that its
versions and those of Airflow do not meet.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import Variable
from airflow.operators.bash import BashOperator

# The folder with inbox/ and reports/, and the environment that conflictstats is installed in.
FOLDER = Variable.get("conflictstats_folder", default_var="/srv/conflictstats")
BIN = Variable.get("conflictstats_bin", default_var="/srv/conflictstats/.venv/bin")

# 3 is a good run in which some inputs could not be read: not a failure, and not to be tried again.
COMMAND = """
"$BIN"/conflictstats report -p articles inbox -o reports --since last --keep 30 --timeout 900 && code=0 || code=$?
tail -n 1 reports/runs.log
[ "$code" -eq 3 ] && exit 0
exit "$code"
"""

with DAG(
    "conflictstats_reports",
    schedule="30 5 * * *",
    start_date=datetime(2024, 1, 1),
    catchup=False,  # one run reads all that is new: days that were missed are in it
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=10)},
):
    BashOperator(
        task_id="report",
        bash_command=COMMAND,
        cwd=FOLDER,
        env={"BIN": BIN},
        append_env=True,
        execution_timeout=timedelta(minutes=90),
    )
