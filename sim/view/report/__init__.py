"""The report for a client: the results in plain words, as a page, a document and slides.

`runs` simulates, `content` works out the numbers, `wording` and `document` put them into the words of a language
(templates/report, and languages for all but English), and `html`, `pdf`, `word` and `slides` give it a form. `make` is
the way in; `sentences` are all that a report can say.
"""
