"""Who is to be recorded, and who came."""
