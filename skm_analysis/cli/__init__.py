"""`skm` on the command line: options in, messages out, exit codes. No logic."""

from skm_analysis.cli.commands import main

__all__ = ["main"]
