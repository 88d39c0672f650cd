"""Parts of acts, which hold the rows, ask for rights and record what was done."""
