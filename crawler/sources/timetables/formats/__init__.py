"""Tables out of CSV, XLSX, ODS, HTML and PDF files: bytes in, cells out."""
