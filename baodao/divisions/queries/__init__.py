"""Reading division tables, and what was taken over from them."""
