"""Files of customers: checked whole, written in hidden chunks, revealed together."""

from shouwen.customers.operations.importing.checking import Checked, check
from shouwen.customers.operations.importing.columns import COLUMNS
from shouwen.customers.operations.importing.staging import (
    Imported,
    OtherImportOpen,
    Watch,
    discard,
    import_customers,
)

__all__ = [
    "COLUMNS",
    "Checked",
    "Imported",
    "OtherImportOpen",
    "Watch",
    "check",
    "discard",
    "import_customers",
]
