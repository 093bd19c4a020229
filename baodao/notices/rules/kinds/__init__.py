"""What is said, one module a topic: `TELLS` what happened, `STAYS` decisions that concern somebody
and therefore stay in the app, `ASKS` reminders.

A kind is one line: its name and its sentence. Its places are filled from the facts of the message;
facts that are message ids themselves are translated when shown. The name of a member is the fact
`name`, that of a resident `resident`, free words `reason`: none of these leaves the app.
"""
