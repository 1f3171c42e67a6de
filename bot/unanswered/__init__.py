"""What people could not find: which questions are alike, and which a new generation answers."""
