"""What a network writes, and how good it is: writing, sheets, legibility, stability and scores."""
