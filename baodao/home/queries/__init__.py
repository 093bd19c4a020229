"""What the pages of home show, gathered from the slices that own it."""
