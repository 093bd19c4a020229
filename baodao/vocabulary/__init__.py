"""What tenants call things in their tables: words of headers and statuses, taught on a page."""
