"""What an exemption may be, who decides it, and what notices say of it."""
