"""Reading corrections of numbers and merges of persons."""
