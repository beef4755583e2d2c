"""The structure that a screen reader follows: headings, paragraphs, lists and tables (ISO 32000-1, 14.7 and 14.8).

fpdf2 itself tags pictures only. Its builder is used from inside here, and nowhere else in the project.
"""

from collections import Counter
from contextlib import contextmanager
from typing import Iterator, List

from fpdf import FPDF
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject


class Tags(StructureTreeBuilder):
    """A tree of any depth; what is drawn belongs to its leaves."""

    def __init__(self, pdf: FPDF):
        super().__init__()
        self._pdf = pdf
        self._open: List[StructElem] = [self.doc_struct_elem]
        self._inner: List[StructElem] = []
        self._drawn: Counter = Counter()
        pdf.struct_builder = self

    def __iter__(self) -> Iterator[PDFObject]:
        yield from super().__iter__()
        yield from self._inner

    @contextmanager
    def group(self, kind: str) -> Iterator[None]:
        """What is tagged inside belongs to an element of this kind: `L`, `LI`, `Table`, `TR`, `P`."""
        self._open.append(self._element(kind, []))
        yield
        self._open.pop()

    @contextmanager
    def leaf(self, kind: str) -> Iterator[None]:
        """What is drawn inside, on one page, is an element of this kind: `H1`, `P`, `TD`, `Link`."""
        page = self._pdf.page
        number = self._drawn[page]
        self._drawn[page] += 1
        element = self._element(kind, [number])
        parent = self.spid_per_page_number.setdefault(page, len(self.spid_per_page_number))
        self._pdf.pages[page].struct_parents = parent
        self.struct_tree_root.parent_tree.nums[parent].append(element)
        self._pdf._out(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._pdf._out("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn inside is passed over: lines, bullets, page numbers."""
        self._pdf._out("/Artifact BMC")
        yield
        self._pdf._out("EMC")

    def _element(self, kind: str, kids: List[int]) -> StructElem:
        parent, page = self._open[-1], self._pdf.page
        element = StructElem(f"/{kind}", parent, kids, page_number=page)
        # The library names the page of those directly below the document only.
        element.pg = self._pdf.pages[page]  # type: ignore[assignment]
        parent.k.append(element)
        if parent is not self.doc_struct_elem:
            self._inner.append(element)
        return element
