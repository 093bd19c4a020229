"""The pages of registration: for members, communities and units."""
