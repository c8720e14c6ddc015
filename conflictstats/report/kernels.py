"""The kernel that runs notebooks: this environment's own Python, whatever kernels a user has installed."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

STARTED: list[OwnKernel] = []


class OwnKernel(AsyncKernelManager):
    """A kernel of `sys.executable` with a folder of its own: for its sockets, and for no start-up files.

    A kernelspec named python3 may point to another environment, or to one that is gone; ports may be taken
    by a run beside this one; files cannot.
    """

    def __init__(self, **kwargs: Any) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="cs-", ignore_cleanup_errors=True)
        if os.name != "nt":
            kwargs["transport"] = "ipc"
        super().__init__(connection_file=str(Path(self._home.name) / "kernel.json"), **kwargs)
        STARTED.append(self)

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            env={"IPYTHONDIR": self._home.name, "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
        )

    def kill(self) -> None:
        """End the kernel's process at once, from any thread."""
        process = getattr(self.provisioner, "process", None)
        if process is not None:
            process.kill()
