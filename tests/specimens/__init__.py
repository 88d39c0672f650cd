"""Documents of invented provinces, each with what a reader should find: one module per document.

A line of `DUTIES` reads `number | beginning of the content | leads | coordinators | deadline | section`; bodies are
parted by `;`, a group ends in `+`, `=` before the leads means that they were inherited; the deadline is
`kind start end every` with `-` for what is not set; a field `-` is empty. `HEADING` names the fields that are checked.
"""
