"""Reading programmes: what a person may see, counts, the desk's lists, and the walk back to the sentence."""
