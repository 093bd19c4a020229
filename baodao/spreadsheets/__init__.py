"""Safe reading of tables from outside: sheet → blocks → header with meaning → rows → leftovers.

`workbooks` opens a file, judged by its content and never by its name, and gives its sheets; `guard`
refuses what is harmful, `child` parses in a process with limited memory and processor time, `text`
reads delimited text, `looks` is what is hidden, struck through or commented on a sheet, found by
`scans` and `parts` in new workbooks, by `old_workbooks` in old ones. `blocks` cuts a sheet into
tables by the words of `headers`, whose single headings `headings` takes apart; `cells` makes text
of what a cell holds, `merged` fills the rows that merged cells cover; `leftovers` tells all that
was not used.
"""
