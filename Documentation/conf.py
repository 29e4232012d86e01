# SPDX-License-Identifier: GPL-2.0
"""Configuration of Sphinx: "make docs"."""

from docutils import nodes

project = "pdcp"
version = release = "0.1.0"
author = copyright = "the authors of pdcp"

extensions = ["sphinx.ext.graphviz"]
graphviz_output_format = "svg"
exclude_patterns = ["netlink"]
primary_domain = "c"
highlight_language = "none"
nitpicky = True

html_theme = "alabaster"
html_theme_options = {"page_width": "1100px", "sidebar_width": "260px", "show_powered_by": False,
                      "sidebar_includehidden": False}
html_sidebars = {"**": ["about.html", "navigation.html", "searchbox.html"]}
html_show_copyright = False
html_copy_source = False


def pages(app, doctree):
    """Links to other pages name their sources, as whoever reads those wants it."""
    for link in doctree.findall(nodes.reference):
        if link.get("refuri", "").endswith(".rst") and "://" not in link["refuri"]:
            link["refuri"] = link["refuri"][:-len("rst")] + "html"


def setup(app):
    """Called by Sphinx."""
    app.connect("doctree-read", pages)
