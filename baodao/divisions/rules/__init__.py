"""Pure rules of division tables: what a row means, and how a table differs from the tree."""
