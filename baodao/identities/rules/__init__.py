"""Pure rules about corrections of numbers and merges of persons."""
