"""How services come in and are answered for: stated, entered, imported, objected to, printed."""
