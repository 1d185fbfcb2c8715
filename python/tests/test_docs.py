"""What the documents show in Python is what Python does."""

import doctest
from decimal import Decimal

import pytest
from conftest import ROOT


@pytest.mark.parametrize("name", ["docs/python.md", "README.md", "README.vi.md", "python/solieu/__init__.py"])
def test_examples_print_what_they_say(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    # A fence ends an example as an empty line does.
    text = text.replace("\n```\n", "\n\n").replace('\n"""\n', "\n\n")
    test = doctest.DocTestParser().get_doctest(text, {"Decimal": Decimal}, name, name, 0)
    assert test.examples
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0
