"""The queries; one file each. A package only because an editable install finds nothing else here."""
