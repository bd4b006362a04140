"""Pieces of a page as HTML, for JupyterLab."""
