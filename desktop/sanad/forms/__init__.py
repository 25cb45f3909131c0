"""Form definitions: read, bind, fill; no widgets, no boxes."""
