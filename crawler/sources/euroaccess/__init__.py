"""EuroAccess: open and coming calls of EU programmes and Interreg, as facts and links."""
