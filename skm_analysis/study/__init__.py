"""What was asked: the study folder and the regulation, as frozen records."""
