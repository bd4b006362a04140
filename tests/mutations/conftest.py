"""The two modules find each other only when run as `python tests/mutations`."""

collect_ignore = ["__main__.py", "mutants.py"]
