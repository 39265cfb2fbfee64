"""The index: vectors of passages and words of records, stamped with the snapshot and the model they come from."""
