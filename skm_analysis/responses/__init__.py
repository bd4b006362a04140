"""What came in, and what is kept. A citizen's identity and text end here."""
