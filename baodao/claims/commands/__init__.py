"""Writing claims: by who claims, by who decides, and with their offer."""
