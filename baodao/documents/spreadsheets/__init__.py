"""Safe reading of spreadsheets from outside: what it is, is it harmless, its cells row by row.

A file is judged by its content, never by its name. Workbooks are parsed in a child with limited
memory and processor time, so that no file can bring down or fill the program that reads it.
"""
