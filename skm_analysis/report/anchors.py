"""The appendices that chapters refer to: by these names they are found."""

QUALITY = "lampiran-mutu-data"
SENSITIVITY = "lampiran-kepekaan"
ITEMS = "lampiran-unsur"
