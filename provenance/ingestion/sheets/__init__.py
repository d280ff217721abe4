"""Takes in tables that people keep: CSV and Excel files of claims, with their figures, documents and chains.

`import_sheet` is the whole of it: rows are read, each cell is checked, and all rows are written or none.
"""

from provenance.ingestion.sheets.asked import SheetAsked
from provenance.ingestion.sheets.importing import import_sheet
from provenance.ingestion.sheets.mapping import SheetMapping

__all__ = ["SheetAsked", "SheetMapping", "import_sheet"]
