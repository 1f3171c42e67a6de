"""Changes of the library that administrators ask for: foreseen, queued, built in a process of their own, switched to.

A job is `QUEUED`, then `BUILDING`; if the new generation answers a question worse than the live one it is `WAITING`
until somebody decides, else `SWITCHING`; and at the end `DONE`, `FAILED` or `STOPPED`.
"""
