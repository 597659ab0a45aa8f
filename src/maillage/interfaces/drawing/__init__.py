"""Drawings shared by the offline page and the site: SVG and its twin in words. No Django, no command, no engine.

One drawing a file: ``bars``, ``sankey``, ``timetable``, ``profile``, ``map_figure``, ``graph``. Each function takes
plain rows and returns a ``figure.Drawing``: ``drawing.figure()`` prints picture, key, remarks and table
(``{{ drawing.figure }}`` in a template of Django, ``{{ drawing }}`` in one of Jinja). Classes are those of
``static/drawing.css``; there is no script and no inline style.
"""
