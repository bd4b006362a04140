"""What it says: statistics as pure functions, and the table that holds them."""
