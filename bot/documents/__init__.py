"""Writes PDFs: the layout that all share, and one module for each kind of document."""
