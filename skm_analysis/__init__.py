"""Survei Kepuasan Masyarakat: from raw questionnaires to the report and its audit."""
