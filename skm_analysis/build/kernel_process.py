"""The program that runs as a kernel: ipykernel, dying with the builder.

Started by `kernels` as `python -m skm_analysis.build.kernel_process -f FILE`.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def die_with_builder() -> None:
    """Ask Linux to kill this process when the thread that started it ends.

    Elsewhere ipykernel's own poll of the parent does it, within a second.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # The builder may have died before the request was made.
    if os.getppid() != int(os.environ.get("JPY_PARENT_PID", os.getppid())):
        sys.exit(1)


def run_kernel(file: str) -> None:
    """A kernel for the connection that `file` describes, until it is told to end."""
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(["-f", file])


if __name__ == "__main__":
    die_with_builder()
    run_kernel(sys.argv[2])
