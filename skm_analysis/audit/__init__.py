"""How it is checked: integrity and independent recomputation."""
