"""The subcommands of `baodao`, a module each."""
